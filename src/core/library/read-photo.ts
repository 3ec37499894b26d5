import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { readMetadata } from './metadata.ts'
import { PictureError, readPicture } from './picture.ts'
import { isRaw, readable, sniff, unreadableReason } from './sniff.ts'

/** What came of one file. */
export type ReadResult =
  | { kind: 'photo'; photo: ReadPhoto }
  | { kind: 'failed'; reason: string; bytes: number; mtime: number }
  /** It changed while it was read: read it again later. */
  | { kind: 'growing' }
  | { kind: 'gone' }

export interface ReadPhoto {
  /** SHA-256 of the content, base64url. */
  digest: string
  bytes: number
  /** Milliseconds since 1970. */
  mtime: number
  /** When it was taken, in milliseconds since 1970; the file's own time where it does not say. */
  time: number
  thumb: Uint8Array
  thumbName: string
  /** Fields of the photo's hash (docs/data-model.md). */
  fields: Record<string, string>
}

/** Larger files are not taken in: two processes hold one each in memory. */
const largest = 1024 ** 3

const readWhole = async (handle: FileHandle): Promise<{ bytes: Buffer; mtime: number } | null> => {
  const before = await handle.stat()
  const bytes = await handle.readFile()
  const after = await handle.stat()
  const same = before.size === after.size && before.mtimeMs === after.mtimeMs && bytes.length === after.size
  return same ? { bytes, mtime: Math.trunc(after.mtimeMs) } : null
}

const decode = async (bytes: Buffer, name: string, mtime: number): Promise<ReadPhoto> => {
  if (bytes.length === 0) throw new PictureError('The file is empty.')
  if (isRaw(name)) throw new PictureError('RAW photos cannot be read yet.')
  const type = sniff(bytes)
  if (!type || !readable.has(type)) throw new PictureError(unreadableReason(type))
  const picture = await readPicture(bytes)
  const { taken, fields } = readMetadata(bytes)
  return {
    digest: createHash('sha256').update(bytes).digest('base64url'),
    bytes: bytes.length,
    mtime,
    time: taken?.time ?? mtime,
    thumb: picture.thumb,
    thumbName: picture.thumbName,
    fields: {
      ...fields,
      type,
      width: String(picture.width),
      height: String(picture.height),
      placeholder: picture.placeholder,
      ...(picture.damage === null ? {} : { damage: picture.damage }),
    },
  }
}

const withFile = async (path: string, handle: FileHandle): Promise<ReadResult> => {
  const { size, mtimeMs } = await handle.stat()
  const failed = (reason: string): ReadResult => ({
    kind: 'failed',
    reason,
    bytes: size,
    mtime: Math.trunc(mtimeMs),
  })
  if (size > largest) return failed('The file is larger than 1 GiB.')
  const whole = await readWhole(handle)
  if (!whole) return { kind: 'growing' }
  try {
    return { kind: 'photo', photo: await decode(whole.bytes, basename(path), whole.mtime) }
  } catch (error) {
    if (error instanceof PictureError) return failed(error.message)
    throw error
  }
}

/** Reads a file once, whole, and makes of it all that the gallery keeps. Runs in a decoder process. */
export const readPhoto = async (path: string): Promise<ReadResult> => {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone' }
    const reason =
      code === 'EACCES' || code === 'EPERM'
        ? 'You may not read this file.'
        : `The file cannot be opened (${code}).`
    return { kind: 'failed', reason, bytes: -1, mtime: -1 }
  }
  try {
    return await withFile(path, handle)
  } finally {
    await handle.close()
  }
}
