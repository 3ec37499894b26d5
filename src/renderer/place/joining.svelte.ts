import { ORPCError } from '@orpc/client'
import type { CertificateFile, CertificateKind, CertificatePaths, Place } from '../../shared/schemas/place.ts'
import { messageOf, type Client } from '../api/client.ts'
import { deriveKey } from '../auth/derive-key.ts'
import { said, t } from '../i18n/index.ts'

export type Files = Record<CertificateKind, CertificateFile | null>

const noFiles: Files = { ca: null, cert: null, key: null }

export const pathsOf = ({ ca, cert, key }: Files): CertificatePaths => ({
  ca: ca?.path ?? null,
  cert: cert?.path ?? null,
  key: key?.path ?? null,
})

/** What did not work, and which field has the cure. */
interface Problem {
  text: string
  field: 'address' | 'account' | 'password' | 'sentinels' | CertificateKind | null
}

/** What is going on, and how many of its steps are done; `of` is 0 where it has none. */
interface Doing {
  what: string
  done: number
  of: number
}

/** Which field to look at, by the text with which joining was refused; those of TLS stand in another one. */
const fields: Partial<Record<string, Problem['field']>> = {
  joinBadAddress: 'address',
  joinLoginInAddress: 'address',
  joinUnreachable: 'address',
  joinSilent: 'address',
  joinNoGallery: 'address',
  joinReplica: 'address',
  joinNotSpoken: 'address',
  joinSpoken: 'address',
  joinOtherName: 'address',
  joinWrongLogin: 'password',
  joinUntrusted: 'ca',
  joinWantsCertificate: 'cert',
  joinDistrustsCertificate: 'cert',
  certificateAlone: 'cert',
  joinOtherKey: 'key',
  joinSentinelsWantPassword: 'sentinels',
  joinSentinelsRefusePassword: 'sentinels',
}

interface SaidText {
  id?: string
  blanks?: { why?: SaidText }
}

const fieldOf = (text: SaidText | undefined) =>
  fields[text?.blanks?.why?.id ?? ''] ?? fields[text?.id ?? ''] ?? null

const problemOf = (error: unknown): Problem => {
  const text = error instanceof ORPCError ? (error.data as { text?: SaidText } | undefined)?.text : undefined
  return { text: messageOf(error) ?? t('somethingWrong'), field: fieldOf(text) }
}

/** The way into a gallery on a server: what was typed and chosen, what is going on, and what went wrong. */
export class Joining {
  url = $state('')
  account = $state('')
  password = $state('')
  sentinelPassword = $state('')
  remember = $state(false)
  files = $state.raw(noFiles)
  readonly #client: Client
  #place = $state.raw<Place | null>(null)
  #doing = $state.raw<Doing | null>(null)
  #problem = $state.raw<Problem | null>(null)
  #said = $state('')
  #breaking = new AbortController()

  constructor(client: Client) {
    this.#client = client
  }

  get place() {
    return this.#place
  }
  /** Null while nothing is going on. */
  get doing() {
    return this.#doing
  }
  get problem() {
    return this.#problem
  }
  /** How it ended, where that was no failure. */
  get said() {
    return this.#said
  }
  /** TLS is asked for, with which certificates go along. */
  get isSecured() {
    return this.url.trim().startsWith('rediss')
  }

  /** The address is one of Sentinels, which may ask for a password. */
  get hasSentinels() {
    return /^rediss?\+sentinel:/.test(this.url.trim())
  }
  /** That password is kept for the very address. */
  get keepsSentinelPassword() {
    const joined = this.#place?.joined
    return joined?.sentinelPassword === true && joined.url === this.url.trim()
  }

  /** Reads where the gallery is, and what was typed the last time. */
  async read() {
    await this.#try(null, async () => {
      const place = await this.#client.place.describe()
      this.#place = place
      this.remember = place.canRemember
      if (!place.joined) return
      this.url = place.joined.url
      this.account = place.joined.account
      this.files = place.joined.files
      const { refused } = place
      if (!refused) return
      const { text, message } = refused
      this.#problem = { text: said(text, message), field: fieldOf(text as SaidText) }
    })
  }

  /** Asks for a file in the system's dialog. */
  choose = (kind: CertificateKind) =>
    this.#try(null, async () => {
      const file = await this.#client.place.chooseFile({ kind })
      if (file) this.files = { ...this.files, [kind]: file }
    })

  drop = (kind: CertificateKind) => {
    this.files = { ...this.files, [kind]: null }
  }

  /** The window is loaded anew at its end. */
  join = () =>
    this.#try({ what: t('joinLooking'), done: 0, of: 3 }, async (signal) => {
      const [url, account] = [this.url.trim(), this.account.trim().toLowerCase()]
      const address = {
        url,
        files: pathsOf(this.isSecured ? this.files : noFiles),
        sentinelPassword: this.hasSentinels ? this.sentinelPassword : '',
      }
      const { gallery } = await this.#client.place.look(address, { signal })
      this.#doing = { what: t('joinDeriving'), done: 1, of: 3 }
      const key = await deriveKey(gallery, account, this.password)
      signal.throwIfAborted()
      this.#doing = { what: t('joinOpening'), done: 2, of: 3 }
      const { remember } = this
      await this.#client.place.join({ ...address, gallery, account, key, remember }, { signal })
    })

  /** Takes other certificates for the present gallery: the window is loaded anew at its end. */
  takeFiles = () =>
    this.#try({ what: t('tryingFiles'), done: 0, of: 0 }, (signal) =>
      this.#client.place.setFiles(pathsOf(this.files), { signal }),
    )

  /** Back to the gallery of this computer: the window is loaded anew at its end. */
  leave = () => this.#try({ what: t('joinOpening'), done: 0, of: 0 }, () => this.#client.place.leave())

  /** Breaks off what is going on. */
  stop = () => this.#breaking.abort()

  async #try(doing: Doing | null, work: (signal: AbortSignal) => Promise<unknown>) {
    this.#breaking = new AbortController()
    const { signal } = this.#breaking
    this.#doing = doing
    this.#problem = null
    this.#said = ''
    try {
      await work(signal)
    } catch (error) {
      if (signal.aborted) this.#said = t('joinStopped')
      else this.#problem = problemOf(error)
    }
    this.#doing = null
  }
}
