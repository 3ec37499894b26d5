import { isLoopbackHost, usualMailPort, type MailSecurity } from '../../shared/domain/mail.ts'
import type { MailOverview, MailSettingsInput } from '../../shared/schemas/mail.ts'
import { messageOf } from '../api/client.ts'
import type { Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'

const atFirst = (): MailSettingsInput => ({
  host: '',
  port: usualMailPort.starttls,
  security: 'starttls',
  unprotected: false,
  user: '',
  from: '',
  url: location.origin,
  ca: '',
})

/** How the server sends mail, as it is being set. */
export class MailServer {
  readonly #client: Client
  #overview = $state.raw<MailOverview | null>(null)
  #said = $state('')
  #failed = $state(false)
  #busy = $state(false)
  settings = $state(atFirst())
  /** What was typed; empty: the one that is kept. */
  password = $state('')

  constructor(client: Client) {
    this.#client = client
  }

  get overview() {
    return this.#overview
  }

  /** What came of what was asked last. */
  get said() {
    return this.#said
  }

  get failed() {
    return this.#failed
  }

  get busy() {
    return this.#busy
  }

  get isUnprotected(): boolean {
    const { security, host } = this.settings
    return security === 'none' && host.trim() !== '' && !isLoopbackHost(host.trim())
  }

  chooseSecurity(security: MailSecurity) {
    const { port, security: before } = this.settings
    this.settings.security = security
    if (port === usualMailPort[before]) this.settings.port = usualMailPort[security]
  }

  async read(): Promise<void> {
    await this.#try(async () => {
      this.#overview = await this.#client.mail.server()
      this.settings = { ...(this.#overview.settings ?? atFirst()) }
      this.password = ''
      return ''
    })
  }

  save(): Promise<void> {
    return this.#change(this.#input(), t('mailServerSaved'))
  }

  turnOff(): Promise<void> {
    return this.#change(null, t('mailServerOff'))
  }

  async test(to: string): Promise<void> {
    await this.#try(async () => {
      await this.#client.mail.test({ settings: this.#input(), to })
      return t('mailTestSent', { to })
    })
  }

  #input(): MailSettingsInput {
    return { ...$state.snapshot(this.settings), ...(this.password && { password: this.password }) }
  }

  async #change(settings: MailSettingsInput | null, said: string) {
    await this.#try(async () => {
      await this.#client.mail.setServer({ settings })
      await this.read()
      return said
    })
  }

  async #try(work: () => Promise<string>) {
    this.#busy = true
    try {
      this.#said = await work()
      this.#failed = false
    } catch (error) {
      this.#said = messageOf(error) ?? t('somethingWrong')
      this.#failed = true
    }
    this.#busy = false
  }
}
