import { SvelteSet } from 'svelte/reactivity'
import type { DownloadKind } from '../../shared/domain/downloads.ts'
import type { Download, DownloadInput, DownloadPart } from '../../shared/schemas/download.ts'
import { isRefusal, messageOf, type Client } from '../api/client.ts'
import { said, t } from '../i18n/index.ts'

/** How often the server is asked how far it is, in milliseconds. */
const askIntervalMs = 500
/** Answers of a server that does not know the download, one after the other, until it is believed: one of several may not be the one that has it. */
const unknownAnswers = 3
/** How often a download that no server knows any more begins anew by itself. */
const maxRestarts = 2

/** Has the browser save a file, which it shows among its downloads, resumes and cancels; none of it passes through the page. */
const saveFile = (address: string) => {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}

/** Photos that are sent as zip files: one after the other is begun, and followed until it has been sent. */
export class PhotoDownload {
  kind = $state<DownloadKind>('originals')
  sidecars = $state(false)
  isPreparing = $state(false)
  download = $state.raw<Download | null>(null)
  parts = $state.raw<DownloadPart[]>([])
  /** No server knew it any more, so it began anew. */
  isAnew = $state(false)
  /** Why nothing is sent. */
  problem = $state<string | null>(null)
  readonly #client: Client
  readonly #photos: DownloadInput['photos']
  readonly #name: string
  /** Parts that the browser was told to save. */
  readonly #begun = new SvelteSet<number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #leaving = new AbortController()
  #unknown = 0
  #restarts = 0

  constructor(client: Client, photos: DownloadInput['photos'], name: string) {
    this.#client = client
    this.#photos = photos
    this.#name = name
  }

  get isBusy() {
    return this.isPreparing || this.isGoing
  }

  /** Something is on its way, or about to be. */
  get isGoing() {
    return this.parts.some(({ state }, n) => state === 'going' || (state === 'waiting' && this.#begun.has(n)))
  }

  /** Of all parts together: photos that were sent, and bytes. */
  get far() {
    const sum = (of: (part: DownloadPart) => number) => this.parts.reduce((all, part) => all + of(part), 0)
    return {
      done: sum(({ done }) => done),
      sent: sum(({ sent }) => sent),
      lost: sum(({ leftOut }) => leftOut),
    }
  }

  get isWhole() {
    return this.parts.length > 0 && this.parts.every(({ state }) => state === 'whole')
  }

  /** Lays the download out and begins with its first file. */
  start() {
    this.#restarts = 0
    this.isAnew = false
    return this.#layOut()
  }

  async #layOut() {
    const { kind, sidecars } = this
    this.#forget()
    this.isPreparing = true
    const { signal } = (this.#leaving = new AbortController())
    try {
      const asked = {
        photos: this.#photos,
        name: this.#name,
        kind,
        sidecars: kind === 'originals' && sidecars,
      }
      this.download = await this.#client.downloads.prepare(asked, { signal })
      await this.#look()
      this.begin(0)
    } catch (error) {
      if (!signal.aborted) this.problem = messageOf(error) ?? t('somethingWrong')
    } finally {
      this.isPreparing = false
    }
  }

  /** Has the browser save one of the files, from its beginning. */
  begin = (part: number) => {
    if (!this.download) return
    this.#begun.add(part)
    this.parts = this.parts.map((one, n) => (n === part ? { ...one, state: 'waiting' } : one))
    saveFile(`zip/${this.download.id}/${part}`)
    this.#lookSoon()
  }

  /** Ends what is on its way. */
  stop = async () => {
    this.#leaving.abort()
    this.#begun.clear()
    if (!this.download) return
    await this.#client.downloads.stop({ id: this.download.id }).catch(() => null)
    await this.#look()
  }

  /** Nobody looks any more; what the browser saves, it goes on saving. */
  leave() {
    this.#leaving.abort()
    clearTimeout(this.#timer)
  }

  #forget() {
    this.download = null
    this.parts = []
    this.problem = null
    this.#unknown = 0
    this.#begun.clear()
  }

  #lookSoon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look().then(() => this.#goOn()), askIntervalMs)
  }

  async #look() {
    if (!this.download) return
    try {
      this.parts = await this.#client.downloads.state({ id: this.download.id })
      if (this.parts.some(({ state }) => state === 'changed'))
        this.problem = said({ id: 'downloadChanged' }, '')
      this.#unknown = 0
    } catch (error) {
      // The server is away for a moment, as what it sends is: it is asked again. Unless it has forgotten, or is another one.
      if (isRefusal(error) && ++this.#unknown >= unknownAnswers) await this.#beginAnew(error)
    }
  }

  /** What was laid out is lost, with a server that has started again or gone. */
  async #beginAnew(error: unknown) {
    if (this.#leaving.signal.aborted) return
    if (this.#restarts++ >= maxRestarts) {
      this.problem = messageOf(error)
      this.parts = this.parts.map((part) => ({ ...part, state: 'broken' }))
      return
    }
    this.isAnew = true
    await this.#layOut()
  }

  /** The file behind one that is whole is begun; what is not is followed. */
  #goOn() {
    if (this.#leaving.signal.aborted) return
    const next = this.parts.findIndex(({ state }, n) => state === 'waiting' && !this.#begun.has(n))
    const isFree = !this.isGoing && this.parts.slice(0, next).every(({ state }) => state === 'whole')
    if (next > 0 && isFree) this.begin(next)
    else if (!this.isWhole && this.problem === null) this.#lookSoon()
  }
}
