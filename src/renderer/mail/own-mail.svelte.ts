import type { NewsKind, NewsTime } from '../../shared/domain/mail.ts'
import type { OwnMail } from '../../shared/schemas/mail.ts'
import type { Client } from '../api/client.ts'
import { language } from '../i18n/index.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'

/** What one is told of by mail, and where. */
export class OwnMailState {
  readonly #client: Client
  readonly #notices: Notify
  #now = $state.raw<OwnMail | null>(null)

  constructor({ client, notices }: { client: Client; notices: Notify }) {
    this.#client = client
    this.#notices = notices
  }

  /** Null until it was read. */
  get now(): OwnMail | null {
    return this.#now
  }

  async read(): Promise<void> {
    await this.#notices.attempt(async () => {
      this.#now = await this.#client.mail.mine()
    })
  }

  /** Another address, or the same asked once more whether it is theirs; empty: no mail. Whether it was kept. */
  setAddress(address: string): Promise<boolean> {
    return this.#set({ address })
  }

  async setTime(kind: NewsKind, time: NewsTime): Promise<void> {
    if (this.#now) await this.#set({ times: { ...this.#now.times, [kind]: time } })
  }

  async #set(change: Partial<Pick<OwnMail, 'address' | 'times'>>): Promise<boolean> {
    const { address, times } = { ...this.#now, ...change }
    if (address === undefined || !times) return false
    // Mails speak as this window does, by the clocks of this computer.
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const done = await this.#notices.attempt(async () => {
      await this.#client.mail.setMine({ address, times, zone, language })
      return true
    })
    await this.read()
    return done === true
  }
}
