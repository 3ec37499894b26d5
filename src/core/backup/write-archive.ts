import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { BackupCounts } from '../../shared/schemas/backup.ts'
import type { Sink } from './sink.ts'

/** Thumbnails, nearly all of the bytes, are packed already: more would take time and save nothing. */
const compression = 1

/** One line of a file. */
export const lineOf = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`)

const asError = (error: unknown) =>
  error instanceof Error ? error : new Error('The backup was broken off.', { cause: error })

/** Writes the lines of a backup, packed, at the pace of their reader. */
export class ArchiveWriter {
  readonly #gzip = createGzip({ level: compression })
  readonly #hash = createHash('sha256')
  readonly #piped: Promise<void>
  #failure: Error | null = null
  bytes = 0

  constructor(sink: Sink) {
    this.#piped = pipeline(this.#gzip, async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) {
        await sink.write(chunk)
        this.bytes += chunk.length
      }
    })
    this.#piped.catch((error: unknown) => (this.#failure = asError(error)))
  }

  line = (value: object) => this.lines(lineOf(value))

  /** Whole lines, or pieces of them in their order. */
  async lines(bytes: Buffer) {
    this.#hash.update(bytes)
    await this.#push(bytes)
  }

  /** The last line, and the end of the file. */
  async end(counts: BackupCounts) {
    await this.#push(lineOf({ end: counts, sha256: this.#hash.digest('hex') }))
    this.#gzip.end()
    await this.#piped
  }

  destroy() {
    this.#gzip.destroy()
  }

  #throwFailure() {
    if (this.#failure) throw this.#failure
  }

  async #push(bytes: Buffer) {
    this.#throwFailure()
    if (!this.#gzip.write(bytes)) await this.#drained()
    this.#throwFailure()
  }

  /** Room for more, or the end of it all. */
  #drained() {
    return new Promise<void>((resolve) => {
      const done = () => {
        this.#gzip.off('drain', done)
        this.#gzip.off('close', done)
        resolve()
      }
      if (this.#gzip.destroyed) return resolve()
      this.#gzip.once('drain', done)
      this.#gzip.once('close', done)
    })
  }
}
