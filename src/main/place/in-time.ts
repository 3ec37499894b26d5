import { GalleryError } from '../../shared/errors.ts'

/** How long it takes until a server is said not to answer, in milliseconds: several that change over need 20 s. */
const patienceMs = 30_000

interface Limits<T> {
  /** Who is waited for, as it was typed; no login is in it. */
  url: string
  /** The user breaks it off. */
  signal?: AbortSignal | undefined
  /** Undoes what comes when nobody waits for it any more. */
  late?: (made: T) => unknown
  withinMs?: number
}

/** What work makes, unless it is broken off or takes too long. A server may take a connection and never say a word. */
export const inTime = async <T>(
  work: Promise<T>,
  { url, signal, late = () => undefined, withinMs = patienceMs }: Limits<T>,
): Promise<T> => {
  const over = AbortSignal.timeout(withinMs)
  const end = signal ? AbortSignal.any([signal, over]) : over
  const broken = new Promise<never>((_, reject) => {
    const stop = () =>
      reject(
        signal?.aborted
          ? new GalleryError('UNAVAILABLE', 'brokenOff')
          : new GalleryError('UNAVAILABLE', 'joinSilent', { address: url }),
      )
    if (end.aborted) stop()
    else end.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, broken])
  } catch (error) {
    work.then(late).catch(() => undefined) // nobody waits for it any more
    throw error
  }
}
