import { crc32 } from 'node:zlib'
import { GalleryError } from '../../../shared/errors.ts'
import {
  descriptor,
  directoryEntry,
  directoryEntrySize,
  endOfZip,
  localHeader,
  type PlacedFile,
  type ZipFile,
} from './zip-records.ts'

/** The bytes of a file's content, from one of them on. */
export type Content = AsyncIterable<Uint8Array>

/** Entries of the directory are sent in pieces of about so many bytes. */
const directoryPiece = 64 * 1024

/** A part of a file that goes by: what is before and behind it is not let through. */
class Part {
  readonly #first: number
  readonly #last: number
  at: number

  /** @param at where what is taken first begins */
  constructor(first: number, last: number, at: number) {
    this.#first = first
    this.#last = last
    this.at = at
  }

  get isOver() {
    return this.at > this.#last
  }

  /** How many bytes of what comes next are not wanted. */
  get before() {
    return Math.max(0, this.#first - this.at)
  }

  *take(bytes: Uint8Array): Generator<Uint8Array> {
    const from = this.before
    const to = Math.min(bytes.length, this.#last + 1 - this.at)
    this.at += bytes.length
    if (to > from) yield bytes.subarray(from, to)
  }
}

const changed = () => new GalleryError('CONFLICT', 'downloadChanged')

function* directoryOf(files: readonly PlacedFile[], at: number): Generator<Buffer> {
  let [waiting, bytes, size] = [[] as Buffer[], 0, 0]
  for (const file of files) {
    const entry = directoryEntry(file)
    waiting.push(entry)
    bytes += entry.length
    size += entry.length
    if (bytes < directoryPiece) continue
    yield Buffer.concat(waiting)
    ;[waiting, bytes] = [[], 0]
  }
  yield Buffer.concat([...waiting, endOfZip(files.length, { at, size })])
}

/**
 * A zip file of files whose sizes are known: so is then the place of every byte before one is read, and any part of it can be sent alone.
 * Contents stand as they are, as pictures are compressed already.
 */
export class MeasuredZip {
  readonly #files: PlacedFile[] = []
  readonly #directoryAt: number
  /** Bytes of the whole. */
  readonly size: number

  constructor(files: readonly ZipFile[]) {
    let [at, directory] = [0, 0]
    for (const file of files) {
      const isDescribed = file.crc === null
      this.#files.push({ ...file, at, isDescribed })
      directory += directoryEntrySize(file, at)
      at += localHeader(file).length + file.size + (isDescribed ? descriptor(file.size, 0).length : 0)
    }
    this.#directoryAt = at
    this.size = at + directory + endOfZip(files.length, { at, size: directory }).length
  }

  /** Of how many files all bytes stand before this one. */
  wholeBefore(at: number): number {
    return at >= this.#directoryAt ? this.#files.length : this.#indexAt(at)
  }

  /**
   * The bytes from the first to the last, both counted in. What stands before is not read, unless its checksum is asked for.
   *
   * @param read the content of one of the files, from a byte of it on
   * @throws CONFLICT where a content has another size than was said
   */
  async *bytes(
    { first, last }: { first: number; last: number },
    read: (index: number, from: number) => Content,
  ): AsyncGenerator<Uint8Array> {
    const start = first >= this.#directoryAt ? this.#files.length : this.#indexAt(first)
    const part = new Part(first, last, this.#files[start]?.at ?? this.#directoryAt)
    for (let index = start; index < this.#files.length && !part.isOver; index++)
      yield* this.#file(index, part, read)
    if (part.isOver) return
    for (const [index, file] of this.#files.entries()) file.crc ??= await this.#checksum(index, read)
    for (const piece of directoryOf(this.#files, this.#directoryAt)) yield* part.take(piece)
  }

  async *#file(index: number, part: Part, read: (index: number, from: number) => Content) {
    const file = this.#files[index]
    if (!file) return
    yield* part.take(localHeader({ ...file, crc: file.isDescribed ? null : file.crc }))
    const from = Math.min(part.before, file.size)
    part.at += from
    let [crc, size] = [0, from]
    if (from < file.size)
      for await (const bytes of read(index, from)) {
        if (from === 0) crc = crc32(bytes, crc)
        size += bytes.length
        if (size > file.size) throw changed()
        yield* part.take(bytes)
        if (part.isOver) return
      }
    if (size !== file.size) throw changed()
    if (!file.isDescribed) return
    if (from === 0) file.crc = crc
    file.crc ??= await this.#checksum(index, read)
    yield* part.take(descriptor(file.size, file.crc))
  }

  async #checksum(index: number, read: (index: number, from: number) => Content) {
    let [crc, size] = [0, 0]
    for await (const bytes of read(index, 0)) {
      crc = crc32(bytes, crc)
      size += bytes.length
    }
    if (size !== this.#files[index]?.size) throw changed()
    return crc
  }

  /** The file that a byte belongs to. */
  #indexAt(byte: number): number {
    let [low, high] = [0, this.#files.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#files[middle]?.at ?? 0) <= byte) low = middle
      else high = middle - 1
    }
    return Math.max(0, low)
  }
}

/** The bytes of a zip file whose files are made one after the other, so that nobody knows how long it will be. */
export async function* unmeasuredZip(
  files: AsyncIterable<ZipFile & { content: Content }>,
): AsyncGenerator<Uint8Array> {
  const placed: PlacedFile[] = []
  let at = 0
  for await (const { content, ...file } of files) {
    const isDescribed = file.crc === null
    const header = localHeader(file)
    yield header
    let [crc, size] = [0, 0]
    for await (const bytes of content) {
      crc = crc32(bytes, crc)
      size += bytes.length
      yield bytes
    }
    if (size !== file.size) throw changed()
    const end = isDescribed ? descriptor(size, crc) : Buffer.alloc(0)
    if (isDescribed) yield end
    placed.push({ ...file, crc, at, isDescribed })
    at += header.length + size + end.length
  }
  yield* directoryOf(placed, at)
}
