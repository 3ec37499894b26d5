import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import type { BackupCounts } from '../../shared/schemas/backup.ts'
import { GalleryError } from '../../shared/errors.ts'
import { formatVersion } from '../gallery/credentials.ts'
import { galleryKeys, type Keys } from '../redis/keys.ts'
import {
  archiveFormat,
  countedAs,
  decodeEntry,
  EndLine,
  Header,
  isThumb,
  maxLineBytes,
  notWhole,
  type KeyEntry,
  type ThumbEntry,
} from './format.ts'

export interface ReadOptions {
  /** Bytes of the file read so far, of how many. */
  onprogress?: ((done: number, total: number) => void) | undefined
  signal?: AbortSignal | undefined
}

const chunkBytes = 256 * 1024

/** The bytes of a file, from its beginning. */
async function* bytesOf(handle: FileHandle, { onprogress, signal }: ReadOptions): AsyncGenerator<Buffer> {
  const { size } = await handle.stat()
  for (let at = 0; ;) {
    signal?.throwIfAborted()
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, at)
    if (bytesRead === 0) return
    at += bytesRead
    onprogress?.(Math.min(at, size), size)
    yield buffer.subarray(0, bytesRead)
  }
}

async function* unpacked(handle: FileHandle, options: ReadOptions): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  pipeline(Readable.from(bytesOf(handle, options)), gunzip, () => undefined) // a failure comes out of the loop below
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw notWhole('wholeEndMissing', error)
    if (code.startsWith('Z_')) throw notWhole('wholeOtherKind', error)
    throw error
  }
}

/** Lines without their line feed. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const piece = chunk.subarray(start, end)
      yield pieces.length === 0 ? piece : Buffer.concat([...pieces, piece])
      pieces = []
      length = 0
      start = end + 1
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start))
    length += chunk.length - start
    if (length > maxLineBytes) throw notWhole('wholeLongLine')
  }
  if (length > 0) throw notWhole('wholeEndMissing')
}

const parse = (line: Buffer): unknown => {
  try {
    return JSON.parse(line.toString())
  } catch (error) {
    throw notWhole('wholeBadLine', error)
  }
}

/** Tells a file of a newer Cimaise from one that is no backup. */
const readHeader = (line: unknown): Header => {
  const said = z.object({ cimaise: z.literal('backup'), format: z.number() }).safeParse(line).data
  const found = Header.safeParse(line)
  const newer = (said?.format ?? 0) > archiveFormat || (found.data?.galleryFormat ?? 0) > formatVersion
  if (newer) throw new GalleryError('UNSUPPORTED', 'backupNewer')
  if (!found.success) throw notWhole('wholeNoBeginning', found.error)
  return found.data
}

/** Counts entries as they were counted when the backup was made. */
class Tally {
  readonly counts: BackupCounts = { keys: 0, thumbnails: 0, photos: 0, albums: 0 }
  add(entry: KeyEntry | ThumbEntry, keys: Keys) {
    if (isThumb(entry)) {
      this.counts.thumbnails++
      return
    }
    this.counts.keys++
    const kind = countedAs(entry.key, keys)
    if (kind) this.counts[kind]++
  }
}

const isGenuine = (entry: KeyEntry | ThumbEntry) =>
  !isThumb(entry) || createHash('sha256').update(entry.webp).digest('hex') === entry.thumb

const checkEnd = (end: z.infer<typeof EndLine>, { counts }: Tally, hash: Hash) => {
  const same = (Object.keys(counts) as (keyof BackupCounts)[]).every((name) => counts[name] === end.end[name])
  if (!same) throw notWhole('wholeMiscounted')
  if (hash.digest('hex') !== end.sha256) throw notWhole('wholeChanged')
}

export interface ArchiveSummary {
  header: Header
  counts: BackupCounts
}

/**
 * Reads a backup from its beginning to its end, and gives each key and thumbnail to `take`. Only keys of the gallery that the
 * header names, and thumbnails whose bytes are what their name says, come out of it. Throws INVALID or UNSUPPORTED for a file
 * that is not whole, was changed, or is newer, at the latest at its end: what was taken is to be believed only then.
 */
export const readArchive = async (
  handle: FileHandle,
  take: (entry: KeyEntry | ThumbEntry, header: Header) => Promise<void> | void,
  options: ReadOptions = {},
): Promise<ArchiveSummary> => {
  const hash = createHash('sha256')
  const tally = new Tally()
  let header: Header | null = null
  let keys = galleryKeys()
  let end: z.infer<typeof EndLine> | null = null
  for await (const line of linesOf(unpacked(handle, options))) {
    if (end) throw notWhole('wholeTail')
    const value = parse(line)
    if (header) end = EndLine.safeParse(value).data ?? null
    if (!end) hash.update(line).update('\n')
    if (!header) {
      header = readHeader(value)
      keys = galleryKeys(header.gallery)
    } else if (!end) {
      const entry = decodeEntry(value, keys)
      if (!entry || !isGenuine(entry)) throw notWhole('wholeForeign')
      tally.add(entry, keys)
      await take(entry, header)
    }
  }
  if (!header || !end) throw notWhole('wholeEndMissing')
  checkEnd(end, tally, hash)
  return { header, counts: tally.counts }
}
