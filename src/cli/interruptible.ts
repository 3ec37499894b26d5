import { GalleryError } from '../shared/errors.ts'

/** Work that Ctrl-C breaks off; what it leaves behind is nothing, or what its next run carries on from. */
export const interruptible = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const stop = new AbortController()
  const broken = new GalleryError('UNAVAILABLE', 'brokenOff')
  const end = () => stop.abort(broken)
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  try {
    return await work(stop.signal)
  } finally {
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
  }
}
