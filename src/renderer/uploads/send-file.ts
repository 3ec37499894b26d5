import { DetailedError, Upload } from 'tus-js-client'
import { uploadChunkBytes, uploadPath } from '../../shared/domain/uploads.ts'
import { said, t } from '../i18n/index.ts'

/** How often, and after how many milliseconds, a broken line is tried again; each byte that gets through begins this anew. */
const retryDelaysMs = [0, 1000, 3000, 5000, 10_000, 20_000]
/** How long it is waited before the server is asked again what became of a file, in milliseconds. */
const askAgainMs = 1000
const maxAsked = 600

/** What became of a file: it is in the album, was there before, was refused with a reason, or the line is down. */
export type Outcome = { state: 'taken' | 'known' } | { state: 'refused' | 'failed'; reason: string }

/** The server's answer; `message` is the text in English. */
interface Told {
  state: 'taken' | 'known' | 'refused'
  text?: unknown
  message?: string
}

interface Order {
  file: File
  album: string
  /** Whose upload it is: nobody goes on with another's. */
  account: string
  onprogress: (bytes: number) => void
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const reasonIn = (body: string): string | null => {
  try {
    const { text, message } = JSON.parse(body) as { text?: unknown; message?: unknown }
    return typeof message === 'string' ? said(text, message) : null
  } catch {
    return null
  }
}

/** The server says no for good: another try would be answered alike. */
const isFinal = (status: number) => status >= 400 && status < 500 && ![408, 409, 423, 429].includes(status)

const failure = (error: Error | DetailedError): Outcome => {
  const response = error instanceof DetailedError ? error.originalResponse : null
  const reason = response && reasonIn(response.getBody())
  return response && reason
    ? { state: isFinal(response.getStatus()) ? 'refused' : 'failed', reason }
    : { state: 'failed', reason: t('uploadLineDown') }
}

/** Asks what became of a file that was sent whole, until the server knows. */
const outcomeOf = async (url: string, signal: AbortSignal): Promise<Outcome> => {
  for (let asked = 0; asked < maxAsked; asked++) {
    signal.throwIfAborted()
    const response = await fetch(url, { signal }).catch(() => null)
    if (response?.status === 200) {
      const { state, text, message = '' } = (await response.json()) as Told
      return state === 'refused' ? { state, reason: said(text, message) } : { state }
    }
    if (response && isFinal(response.status))
      return { state: 'refused', reason: reasonIn(await response.text()) ?? t('uploadLineDown') }
    await wait(askAgainMs)
  }
  return { state: 'failed', reason: t('uploadLineDown') }
}

/**
 * Sends one file by tus, and goes on where an earlier try ended, also one of a page that was closed. Rejects with the signal's
 * reason where that is aborted: what was sent is then forgotten by the server.
 */
export const sendFile = async (
  { file, album, account, onprogress }: Order,
  signal: AbortSignal,
): Promise<Outcome> => {
  const sent = Promise.withResolvers<Outcome>()
  const upload: Upload = new Upload(file, {
    endpoint: new URL(uploadPath.slice(1), document.baseURI).href,
    chunkSize: uploadChunkBytes,
    retryDelays: retryDelaysMs,
    removeFingerprintOnSuccess: true,
    metadata: { album, name: file.name, modified: String(file.lastModified) },
    fingerprint: () =>
      Promise.resolve(['cimaise', account, album, file.name, file.size, file.lastModified].join(' ')),
    onProgress: (bytes) => onprogress(bytes),
    onShouldRetry: ({ originalResponse }) => !isFinal(originalResponse?.getStatus() ?? 0),
    onError: (error) => sent.resolve(failure(error)),
    onSuccess: () => {
      onprogress(file.size)
      outcomeOf(upload.url ?? '', signal).then(sent.resolve, sent.reject)
    },
  })
  signal.addEventListener('abort', () => {
    void upload.abort(true).catch(() => undefined) // the server sweeps what is left
    sent.reject(signal.reason as Error)
  })
  const [before] = await upload.findPreviousUploads()
  signal.throwIfAborted()
  if (before) upload.resumeFromPreviousUpload(before)
  upload.start()
  return sent.promise
}
