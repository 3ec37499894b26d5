/** Standard output and standard error, written to the end whatever reads them: a file, a terminal, a slow pipe. */
import { GalleryError } from '../shared/errors.ts'

/** The reader of standard output has closed it, `head -1` for one: what is left to say is of no use, and no error. */
export class ReaderLeft extends Error {}

/** What went wrong with standard output, for the next write. */
let failure: NodeJS.ErrnoException | null = null

/**
 * Hears of what goes wrong with standard output and standard error, which would end the process unheard. There may be no
 * reader of standard error: a command does its work all the same.
 */
export const watchStreams = () => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => (failure ??= error))
  process.stderr.on('error', () => undefined)
}

const notWritten = ({ code, message }: NodeJS.ErrnoException) =>
  code === 'ENOSPC'
    ? new GalleryError('UNAVAILABLE', 'answerDiskFull')
    : new GalleryError('UNAVAILABLE', 'answerNotWritten', { code: code ?? message })

const asThrown = (error: NodeJS.ErrnoException) =>
  error.code === 'EPIPE' ? new ReaderLeft('Nobody reads standard output any more.') : notWritten(error)

/** Resolves when the text is on its way to the reader. Throws ReaderLeft, or UNAVAILABLE with the reason. */
export const write = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(asThrown(failure ?? error))
      else resolve()
    })
  })

/** Writes some time; for an answer that is held in memory as a whole. What fails, `flushed` tells. */
export const add = (text: string) => void process.stdout.write(text)

/** Resolves when all of standard output is written. Throws as `write` does. */
export const flushed = () => write('')
