import { sendFile, type Outcome } from './send-file.ts'

/** Files on their way at once: a browser has six connections to a server, and the page needs some. */
const maxSending = 3
/** The speed is that of the last seconds, in milliseconds. */
const speedWindowMs = 10_000

/** One file of a queue. */
export interface Upload {
  readonly file: File
  readonly album: string
  /** Bytes that have got through. */
  sent: number
  state: 'waiting' | 'sending' | Outcome['state']
  /** Why it was refused, or did not get through. */
  reason: string
}

/** How far a queue is. */
export interface UploadProgress {
  files: number
  /** Files of which it is known what became of them. */
  done: number
  taken: number
  known: number
  bytes: number
  sentBytes: number
  /** Null while it cannot be told. */
  secondsLeft: number | null
}

const nothing: UploadProgress = {
  files: 0,
  done: 0,
  taken: 0,
  known: 0,
  bytes: 0,
  sentBytes: 0,
  secondsLeft: null,
}

/** The files that the window sends: a few at a time, each tried again where the line breaks. */
export class UploadQueue {
  readonly #account: () => string
  #uploads: Upload[] = []
  #progress = $state.raw(nothing)
  /** Those that were refused, or did not get through, with their reasons. */
  #refused = $state.raw<Upload[]>([])
  #sending = 0
  #cancelled = new AbortController()
  #marks: { at: number; sent: number }[] = []

  constructor(account: () => string) {
    this.#account = account
  }

  get progress() {
    return this.#progress
  }
  get refused() {
    return this.#refused
  }
  get busy() {
    return this.#progress.done < this.#progress.files
  }
  /** Whether some of those that did not get through may be tried again. */
  get mayRetry() {
    return this.#refused.some(({ state }) => state === 'failed')
  }

  /** Sends files to an album. What an earlier, finished round left is forgotten, but for what it could not send. */
  add(album: string, files: File[]) {
    if (!this.busy) this.clear()
    for (const file of files) this.#uploads.push({ file, album, sent: 0, state: 'waiting', reason: '' })
    this.#count()
    this.#next()
  }

  /** Tries those again that did not get through. */
  retry = () => {
    for (const upload of this.#uploads) if (upload.state === 'failed') upload.state = 'waiting'
    this.#count()
    this.#next()
  }

  /** Sends no more; what is half sent is forgotten. What has landed stays. */
  cancel = () => {
    this.#cancelled.abort()
    this.#cancelled = new AbortController()
    this.#uploads = this.#uploads.filter(({ state }) => state !== 'waiting' && state !== 'sending')
    this.#count()
  }

  /** Forgets what is done. */
  clear() {
    this.#uploads = this.#uploads.filter(({ state }) => state === 'waiting' || state === 'sending')
    this.#marks = []
    this.#count()
  }

  #next() {
    while (this.#sending < maxSending) {
      const upload = this.#uploads.find(({ state }) => state === 'waiting')
      if (!upload) return
      upload.state = 'sending'
      this.#sending++
      void this.#send(upload, this.#cancelled.signal).finally(() => {
        this.#sending--
        this.#count()
        this.#next()
      })
    }
  }

  async #send(upload: Upload, signal: AbortSignal) {
    const { file, album } = upload
    const onprogress = (bytes: number) => {
      upload.sent = bytes
      this.#count()
    }
    try {
      const outcome = await sendFile({ file, album, account: this.#account(), onprogress }, signal)
      upload.state = outcome.state
      upload.reason = 'reason' in outcome ? outcome.reason : ''
    } catch {
      // Cancelled: it is in the queue no more.
    }
  }

  #count() {
    const of = (state: Upload['state']) => this.#uploads.filter((upload) => upload.state === state).length
    const waiting = of('waiting') + of('sending')
    const isOver = ({ state }: Upload) => state !== 'waiting' && state !== 'sending'
    const bytes = this.#uploads.reduce((sum, { file }) => sum + file.size, 0)
    const sentBytes = this.#uploads.reduce(
      (sum, upload) => sum + (isOver(upload) ? upload.file.size : upload.sent),
      0,
    )
    this.#refused = this.#uploads.filter(({ state }) => state === 'refused' || state === 'failed')
    this.#progress = {
      files: this.#uploads.length,
      done: this.#uploads.length - waiting,
      taken: of('taken'),
      known: of('known'),
      bytes,
      sentBytes,
      secondsLeft: this.#secondsFor(bytes, sentBytes),
    }
  }

  #secondsFor(bytes: number, sent: number): number | null {
    const now = performance.now()
    this.#marks = [...this.#marks.filter(({ at }) => now - at < speedWindowMs), { at: now, sent }]
    const [first] = this.#marks
    if (!first || now - first.at < 1000 || sent <= first.sent) return null
    return ((bytes - sent) * (now - first.at)) / 1000 / (sent - first.sent)
  }
}
