import { setTimeout as wait } from 'node:timers/promises'
import type { Language } from '../../shared/domain/appearance.ts'
import { errorText, GalleryError } from '../../shared/errors.ts'
import type { MailOverview, MailSettingsInput } from '../../shared/schemas/mail.ts'
import { newOperationId } from '../../shared/domain/random-ids.ts'
import { endNews, gatherNews } from './gather.ts'
import { plainLetter } from './letter.ts'
import { addressDigest, type LinkPurpose, type MailLinks } from './links.ts'
import type { Sender } from './people.ts'
import { sendDue } from './send.ts'
import type { MailSettingsStore } from './settings.ts'
import { speakerOf } from './speak.ts'
import { sendMail } from './transport.ts'
import { noteProblem, readProblems } from './tries.ts'
import { noteMailbox, readMail } from './wishes.ts'

/** How often it is looked what is to be told, in milliseconds. */
const lookEveryMs = 10_000
/** How long the mail server is left alone after it could not be used: longer each time, in milliseconds. */
const restMs = { first: 30_000, most: 15 * 60_000 }

/** What a link in a mail leads to: whose address it is, and in which language its owner is spoken to. */
export interface Followed {
  account: string
  address: string
  language: Language
}

export interface OfficeParts {
  sender: Sender
  store: MailSettingsStore
  links: MailLinks
  /** How long news that are told at once wait for more, in milliseconds. */
  foldMs: number
  /** Where what could not be done is logged. */
  log: (text: string) => void
}

/** Sends mail for a gallery, from one of its servers. */
export class MailOffice {
  readonly #parts: OfficeParts
  readonly #stop = new AbortController()
  #outages = 0
  #restUntil = 0

  constructor(parts: OfficeParts) {
    this.#parts = parts
  }

  get sends(): boolean {
    return this.#parts.store.now !== null
  }

  /** Looks again and again what is to be told, until it is closed. */
  start(): void {
    void this.#run()
  }

  close(): void {
    this.#stop.abort()
  }

  async overview(): Promise<MailOverview> {
    const { store, sender } = this.#parts
    const { password, ...settings } = store.now ?? { password: '' }
    const problems = await readProblems(sender)
    return {
      settings: 'host' in settings ? settings : null,
      hasPassword: password !== '',
      fixed: store.isFixed,
      problems,
    }
  }

  /** Keeps how mail is sent; null: none is sent any more. Nothing that happened before is told when it is sent again. */
  async setSettings(input: MailSettingsInput | null): Promise<void> {
    const { store, sender } = this.#parts
    store.set(input)
    this.#restUntil = 0
    if (!input) await endNews(sender)
  }

  /** UNAVAILABLE with what the mail server said where it does not take the mail. */
  async test(input: MailSettingsInput, to: string, language: Language): Promise<void> {
    const settings = this.#parts.store.complete(input)
    const { t } = speakerOf(language)
    const letter = plainLetter(language, [t('testText')])
    const mail = { ...letter, to, subject: t('testSubject'), id: newOperationId(), stop: null }
    const outcome = await sendMail(settings, mail)
    if (outcome.what !== 'sent')
      throw new GalleryError('UNAVAILABLE', 'mailRefused', { reason: outcome.reason })
  }

  /** Whose link it is; null for one that is none, or is over: its address is another one now. */
  async follow(purpose: LinkPurpose, token: string): Promise<Followed | null> {
    const { sender, links } = this.#parts
    const of = await links.read(purpose, token)
    if (!of) return null
    const [own] = await readMail(sender.redis, sender.keys, [of.account])
    if (!own || addressDigest(own.mailbox.address) !== of.digest) return null
    if (purpose === 'confirm' && own.wishes.address !== own.mailbox.address) return null
    return { account: of.account, address: own.mailbox.address, language: own.wishes.language }
  }

  /** Does what a link is for; null as above. */
  async obey(purpose: LinkPurpose, token: string): Promise<Followed | null> {
    const { redis, keys } = this.#parts.sender
    const followed = await this.follow(purpose, token)
    if (!followed) return null
    const { account } = followed
    await noteMailbox(redis, keys, account, { state: purpose === 'confirm' ? 'confirmed' : 'stopped' })
    if (purpose === 'stop') await redis.del(keys.mailNews(account), keys.mailSending(account))
    return followed
  }

  async #run() {
    const { signal } = this.#stop
    const pause = Math.max(200, Math.min(lookEveryMs, this.#parts.foldMs))
    while (!signal.aborted) {
      await this.#look().catch((error: unknown) => {
        // Redis is away, or busy: the next look does it.
        if (!(error instanceof GalleryError)) this.#parts.log(`Mail: ${errorText(error)}`)
      })
      await wait(pause, null, { signal, ref: false }).catch(() => undefined)
    }
  }

  async #look() {
    const { store, sender, links, foldMs } = this.#parts
    const settings = store.now
    if (!settings) return
    await gatherNews(sender)
    if (performance.now() < this.#restUntil) return
    const away = await sendDue({ sender, settings, links, foldMs })
    if (away === null) this.#outages = 0
    else await this.#rest(away)
  }

  async #rest(reason: string) {
    this.#restUntil = performance.now() + Math.min(restMs.first * 2 ** this.#outages, restMs.most)
    if (this.#outages++ === 0) await noteProblem(this.#parts.sender, { what: 'failed', account: '', reason })
  }
}
