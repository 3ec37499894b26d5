import { readFileSync, statSync, writeFileSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeComment } from '../../../src/core/comments/comments.ts'
import { noteImport } from '../../../src/core/mail/gather.ts'
import { MailSettingsStore } from '../../../src/core/mail/settings.ts'
import { ownMail } from '../../../src/core/mail/wishes.ts'
import { describeSelection, pickPhoto } from '../../../src/core/selections/own-selection.ts'
import { addPhotos } from '../../../src/core/library/writing/photo-writer.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { hasOpenssl, makeAuthority } from '../../support/authority.ts'
import { addLink, choosing } from '../../support/links.ts'
import { hasAiosmtpd, mailSettings, startAiosmtpd, startMailServer } from '../../support/mail.ts'
import {
  addTold,
  confirm,
  mailGallery,
  mailOnce,
  wishes,
  type MailGallery,
} from '../../support/mail-gallery.ts'
import { readPhoto } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'

let serial = 95_000
const addOne = (session: Session, album: string) => {
  const n = serial++
  return addPhotos(session, album, [{ path: `/photos/sent/${n}.jpg`, read: readPhoto(n) }])
}

/** Ana, who may read the album, and has something to be told; others too, whose names are given. */
const withNews = async (made: MailGallery, ...others: string[]) => {
  const ana = await addTold(made, 'ana')
  for (const name of others) await addTold(made, name)
  for (const name of ['ana', ...others]) await grant(made.owner, name, { [made.album]: 'read' })
  await addOne(made.owner, made.album)
  return ana
}

test('while the mail server is away news wait, and are told once when it is back', async () => {
  const smtp = await startMailServer()
  const made = await mailGallery(smtp)
  await withNews(made)
  await smtp.close()
  expect(await mailOnce(made)).toMatch(/ECONNREFUSED/)
  await addOne(made.owner, made.album)
  expect(await mailOnce(made)).toMatch(/ECONNREFUSED/)
  const back = await startMailServer({ port: smtp.port })
  for (let look = 0; look < 3; look++) expect(await mailOnce(made)).toBeNull()
  // What had been put aside for the first mail, and then what came while it could not be sent.
  expect(back.mails.map(({ said }) => /(\d) new photo/.exec(said)?.[1])).toEqual(['1', '1'])
})

test('a wrong password is told in the words of the mail server, in a test mail too, and no news are lost by it', async () => {
  const login = { user: 'gallery', password: 'right' }
  const made = await mailGallery()
  await withNews(made)
  const strict = await startMailServer({ login })
  const settings = mailSettings(strict.port, { user: 'gallery', password: 'wrong' })
  expect(await mailOnce(made, settings)).toBe('535 No such user here')
  await expect(made.office.test(settings, 'me@example.org', 'en')).rejects.toThrow(
    'The mail server did not take it: 535 No such user here',
  )
  await made.office.test({ ...settings, password: 'right' }, 'me@example.org', 'fr')
  expect(strict.mails.splice(0)[0]?.to).toEqual(['me@example.org'])
  expect(await mailOnce(made, { ...settings, password: 'right' })).toBeNull()
  expect(strict.mails.map(({ to }) => to)).toEqual([['ana@example.org']])
})

test('an address that the mail server refuses for good is written to no more, and administrators see why', async () => {
  const made = await mailGallery()
  const ana = await withNews(made)
  const refusing = await startMailServer({
    refuse: (address) =>
      address === 'ana@example.org' ? { code: 550, text: '5.1.1 No such mailbox' } : null,
  })
  expect(await mailOnce(made, { port: refusing.port })).toBeNull()
  expect(await ownMail(ana)).toMatchObject({ state: 'refused' })
  expect((await made.office.overview()).problems).toMatchObject([
    { what: 'refused', account: 'ana', reason: '550 5.1.1 No such mailbox' },
  ])
  await addOne(made.owner, made.album)
  expect(await mailOnce(made)).toBeNull()
  expect(made.smtp.mails).toEqual([])
})

test('what is refused for a while is tried again later, and holds up nobody else’s mail', async () => {
  const made = await mailGallery()
  const { owner, sender } = made
  const ana = await withNews(made, 'bob')
  let busy = true
  const greylisting = await startMailServer({
    refuse: (address) => (busy && address === 'ana@example.org' ? { code: 451, text: '4.7.1 Later' } : null),
  })
  const to = () => greylisting.mails.map((mail) => mail.to[0])
  await mailOnce(made, { port: greylisting.port })
  expect(to()).toEqual(['bob@example.org'])
  busy = false
  await mailOnce(made, { port: greylisting.port })
  expect(to()).toEqual(['bob@example.org']) // not before its time
  const [failures, next] = ((await sender.redis.hget(sender.keys.mailTries, 'ana')) ?? '').split(' ')
  expect(failures).toBe('1')
  expect(Number(next) - Date.now()).toBeGreaterThan(60_000)
  await owner.redis.hset(owner.keys.mailTries, 'ana', '1 1')
  await mailOnce(made, { port: greylisting.port })
  expect(to().filter((address) => address === 'ana@example.org')).toHaveLength(1)
  expect(await ownMail(ana)).toMatchObject({ state: 'confirmed' })
})

test('a server that refuses all mail by its policy costs no account its address', async () => {
  const made = await mailGallery()
  const ana = await withNews(made)
  const closed = await startMailServer({ refuse: () => ({ code: 554, text: '5.7.1 Relay access denied' }) })
  expect(await mailOnce(made, { port: closed.port })).toMatch(/5\.7\.1 Relay access denied/)
  expect(await ownMail(ana)).toMatchObject({ state: 'confirmed' })
  expect(await mailOnce(made)).toBeNull()
  expect(made.smtp.mails).toHaveLength(1)
})

test.skipIf(!hasOpenssl())(
  'with STARTTLS nothing is said to a server without it, nor to one whose certificate is not known',
  async () => {
    const authority = makeAuthority('Mail authority')
    const login = { user: 'gallery', password: 'right' }
    const plain = await startMailServer({ login })
    const secure = await startMailServer({ login, pair: authority.issue('mail') })
    const { office } = await mailGallery()
    const settings = (port: number, ca = '') => ({
      ...mailSettings(port, { ...login, security: 'starttls', ca }),
    })
    const trying = (port: number, ca = '') => office.test(settings(port, ca), 'me@example.org', 'en')
    await expect(trying(plain.port)).rejects.toThrow(/STARTTLS/)
    await expect(trying(secure.port)).rejects.toThrow(/certificate/)
    await trying(secure.port, readFileSync(authority.ca, 'utf8'))
    expect([plain.mails.length, secure.mails.length]).toEqual([0, 1])
  },
)

test.skipIf(!hasOpenssl() || !hasAiosmtpd())(
  `Debian’s mail server takes a test mail and news over STARTTLS${hasAiosmtpd() ? '' : ' (skipped: no aiosmtpd here)'}`,
  async () => {
    const authority = makeAuthority('Mail authority')
    const debian = await startAiosmtpd(authority.issue('mail'))
    const made = await mailGallery()
    await withNews(made)
    const ca = readFileSync(authority.ca, 'utf8')
    const settings = mailSettings(debian.port, { security: 'starttls', ca })
    await made.office.test(settings, 'me@example.org', 'en')
    expect(await mailOnce(made, settings)).toBeNull()
    const mails = debian.mails()
    expect(mails).toHaveLength(2)
    expect(mails.find((mail) => mail.includes('X-RcptTo: ana@example.org'))).toContain(
      '1 new photo in “Corsica”',
    )
    await expect(made.office.test({ ...settings, security: 'none' }, 'me@example.org', 'en')).rejects.toThrow(
      /STARTTLS/,
    )
  },
)

test.skipIf(!hasOpenssl() || !hasAiosmtpd())(
  `each kind of news arrives at Debian’s mail server${hasAiosmtpd() ? '' : ' (skipped: no aiosmtpd here)'}`,
  async () => {
    const authority = makeAuthority('Mail authority')
    const debian = await startAiosmtpd(authority.issue('mail'))
    const made = await mailGallery()
    const { owner, gallery, album, photos, sender } = made
    const [photo = ''] = photos
    await confirm(made, owner, wishes('owner@example.org'))
    const { session: ana } = await addAccount(gallery, owner, 'ana', { displayName: 'Ana Costa' })
    await grant(owner, 'ana', { [album]: 'modify' })
    const { name, visitor } = await addLink(gallery, owner, album, { label: 'Bride', ...choosing(3) })
    await addOne(ana, album)
    await writeComment(ana, { album, photo, text: 'The light!', spot: null })
    await pickPhoto(visitor, { photo })
    await describeSelection(visitor, { name: 'Anna Berg', done: true })
    await noteImport(sender, { host: 'attic', added: 12, failed: 0 })
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    await owner.redis.hset(owner.keys.account(name), { created: inDays(-9), expires: inDays(1) })
    const settings = {
      port: debian.port,
      security: 'starttls',
      ca: readFileSync(authority.ca, 'utf8'),
    } as const
    expect(await mailOnce(made, settings)).toBeNull()
    const mails = debian.mails()
    expect(mails).toHaveLength(1)
    for (const words of [
      '1 new photo in “Corsica”',
      'Ana Costa on a photo in “Corsica”:',
      '> The light!',
      'Anna Berg is done with choosing in “Corsica”: 1 photo',
      'Your link for Bride to “Corsica” ends on',
      '12 photos were taken in on attic',
    ])
      expect(mails[0]).toContain(words)
  },
)

test('settings are kept where mail is sent from, for its user alone, and never go without TLS over a network unasked', () => {
  const home = temporaryFolder()
  const store = new MailSettingsStore(home, {})
  const settings = mailSettings(25, { host: 'mail.example.org', user: 'gallery', password: 'secret' })
  expect(() => store.set(settings)).toThrow(/Without TLS/)
  store.set({ ...settings, unprotected: true })
  store.set({ ...settings, security: 'tls', port: 465, password: undefined })
  expect(statSync(join(home, 'mail.json')).mode & 0o777).toBe(0o600)
  const again = new MailSettingsStore(home, {})
  expect(again.now).toMatchObject({ host: 'mail.example.org', security: 'tls', password: 'secret' })
  // A password is not sent to another server than it was entered for.
  expect(again.complete({ ...settings, host: 'localhost', password: undefined }).password).toBe('')
  chmodSync(join(home, 'mail.json'), 0o644)
  expect(() => new MailSettingsStore(home, {})).toThrow(/others may read/i)
  store.set(null)
  expect(new MailSettingsStore(home, {}).now).toBeNull()
})

test('the environment says how mail is sent, with the password in a file, and nothing can be changed then', () => {
  const home = temporaryFolder()
  writeFileSync(join(home, 'password'), 'secret\n')
  const env = {
    CIMAISE_SMTP_HOST: 'mail.example.org',
    CIMAISE_SMTP_USER: 'gallery',
    CIMAISE_SMTP_PASSWORD_FILE: join(home, 'password'),
    CIMAISE_MAIL_FROM: 'gallery@example.org',
    CIMAISE_PUBLIC_URL: 'https://photos.example.org/',
  }
  const store = new MailSettingsStore(home, env)
  expect(store.now).toMatchObject({
    port: 587,
    security: 'starttls',
    password: 'secret',
    url: 'https://photos.example.org',
  })
  expect(() => store.set(null)).toThrow(/environment/)
  const wrong = (more: NodeJS.ProcessEnv) => () => new MailSettingsStore(home, { ...env, ...more })
  expect(wrong({ CIMAISE_PUBLIC_URL: '' })).toThrow(/CIMAISE_PUBLIC_URL/)
  expect(wrong({ CIMAISE_SMTP_SECURITY: 'ssl' })).toThrow(/CIMAISE_SMTP_SECURITY|CIMAISE_SMTP_PORT/)
  expect(wrong({ CIMAISE_SMTP_SECURITY: 'none' })).toThrow(/Without TLS/)
  expect(wrong({ CIMAISE_SMTP_CA: '/nowhere.pem' })).toThrow(/ENOENT/)
})
