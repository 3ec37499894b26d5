import { randomBytes } from 'node:crypto'
import { open, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes that are gathered before they are written. */
const chunkBytes = 1024 * 1024

/**
 * Holds lines on disk while Redis waits: writers are not held up by a slow disk, network or reader at the other end of the
 * backup. A killed process leaves nothing behind, as the file has no name but on Windows.
 */
export class Spool {
  readonly #handle: FileHandle
  readonly #path: string
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #length = 0

  private constructor(handle: FileHandle, path: string) {
    this.#handle = handle
    this.#path = path
  }

  static async create(folder: string) {
    const path = join(folder, `backup-${randomBytes(6).toString('hex')}.part`)
    const handle = await open(path, 'wx+', 0o600)
    if (process.platform !== 'win32') await unlink(path)
    return new Spool(handle, path)
  }

  async add(line: Buffer) {
    this.#waiting.push(line)
    this.#waitingBytes += line.length
    if (this.#waitingBytes >= chunkBytes) await this.#flush()
  }

  /** Forgets everything. */
  async clear() {
    this.#waiting = []
    this.#waitingBytes = 0
    this.#length = 0
    await this.#handle.truncate(0)
  }

  /** All bytes in their order. */
  async *read(): AsyncGenerator<Buffer> {
    await this.#flush()
    for (let at = 0; at < this.#length;) {
      const { bytesRead, buffer } = await this.#handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, at)
      if (bytesRead === 0) throw new Error('The spool of a backup was cut.')
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  }

  async close() {
    await this.#handle.close()
    if (process.platform === 'win32') await unlink(this.#path).catch(() => undefined)
  }

  async #flush() {
    const bytes = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, this.#length)
      at += bytesWritten
      this.#length += bytesWritten
    }
  }
}
