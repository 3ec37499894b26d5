import { GalleryError } from '../shared/errors.ts'
import { newName, newShareSecret } from '../shared/domain/random-ids.ts'
import { formatAnswers } from '../shared/domain/visitor-answers.ts'
import { formatSwitches } from '../shared/domain/visitor-switches.ts'
import { shareLink, shareSecret } from '../shared/domain/share-link.ts'
import { withClient } from './client.ts'
import { printable, table, type Output } from './output.ts'
import { answersIn, switchesIn, type AnswerOptions, type VisitorOptions } from './visitor-options.ts'
import { keyOf, readNewPassword } from './secret.ts'

export interface ShareOptions extends VisitorOptions, AnswerOptions {
  /** Bytes. */
  uploads?: number
  until: string
  label?: string
  password?: boolean
  at: string
}

/** `2026-12-31` is the end of that day here; anything else must be a full time. */
const endOf = (until: string): string => {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(until) ? new Date(`${until}T23:59:59`) : new Date(until)
  if (Number.isNaN(date.getTime())) throw new GalleryError('INVALID', 'notADate', { text: printable(until) })
  return date.toISOString()
}

/** Gigabytes, as bytes. */
export const gigabytesIn = (text: string): number => {
  const gigabytes = Number(text)
  if (!(gigabytes >= 0 && gigabytes <= 1e6)) throw new GalleryError('INVALID', 'uploadBadSize', { text })
  return Math.round(gigabytes * 1e9)
}

/** `share create ALBUM --until DATE`: prints the link, which cannot be printed a second time. */
export const runCreateShare = (out: Output, wanted: string, options: ShareOptions) =>
  withClient(async (client) => {
    const album = await client.albums.find({ album: wanted })
    const { gallery } = await client.gallery.session()
    const name = `share~${newName()}`
    const secret = newShareSecret()
    const password = options.password ? await readNewPassword(name) : ''
    const expires = endOf(options.until)
    await client.shares.create({
      name,
      album: album.id,
      label: options.label ?? '',
      expires,
      key: await keyOf(gallery.id, name, shareSecret(secret, password)),
      hasPassword: password !== '',
      shows: switchesIn(options),
      answers: answersIn(options),
      uploads: options.uploads,
    })
    const link = shareLink(options.at, name, secret, password !== '')
    out.answer({ name, link, expires }, () => [link])
  })

/** `share list` */
export const runShares = (out: Output) =>
  withClient(async (client) => {
    const titles = new Map((await client.albums.list()).map(({ id, title }) => [id, title]))
    out.answer(await client.shares.list(), (shares) =>
      shares.length === 0
        ? ['No link yet.']
        : table(
            shares.map(({ name, album, label, expires, expired, shows, answers }) => [
              name,
              titles.get(album) ?? album,
              label,
              expired ? 'ended' : `until ${expires}`,
              formatSwitches(shows),
              formatAnswers(answers),
            ]),
          ),
    )
  })

export interface ShareChange extends VisitorOptions, AnswerOptions {
  until?: string
  label?: string
  /** Bytes. */
  uploads?: number
}

/** `share edit NAME`: what is not given stays, but for what visitors see and take, which is chosen together. */
export const runEditShare = (
  out: Output,
  name: string,
  { until, label, uploads, ...visitors }: ShareChange,
) =>
  withClient(async (client) => {
    const expires = until === undefined ? undefined : endOf(until)
    const [shows, answers] = [switchesIn(visitors), answersIn(visitors)]
    await client.shares.edit({ name, label, expires, shows, uploads, answers })
    out.answer({ name }, () => [`The link ${name} is changed.`])
  })

/** `share revoke NAME` */
export const runRevokeShare = (out: Output, name: string) =>
  withClient(async (client) => {
    await client.shares.revoke({ name })
    out.answer({ name }, () => [`The link ${name} leads nowhere any more.`])
  })
