import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, open, rename, stat, unlink, utimes, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { numbered } from '../../../shared/domain/naming-pattern.ts'
import { makeFolder } from '../make-folder.ts'

const chunkBytes = 1024 * 1024
/** Numbers that are tried where a name is taken. */
const maxNumber = 10_000

/** What a part of a copy is called until it is whole, beside its place; no scan takes it for a photo. */
export const newPart = (wanted: string): string =>
  join(dirname(wanted), `.${randomBytes(6).toString('hex')}.cimaise-part`)

async function* chunksFrom(handle: FileHandle, signal: AbortSignal): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (let at = 0; ;) {
    signal.throwIfAborted()
    const { bytesRead } = await handle.read(buffer, 0, chunkBytes, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

const digestFrom = async (handle: FileHandle, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of chunksFrom(handle, signal)) hash.update(chunk)
  return hash.digest('base64url')
}

const withFile = async <T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> => {
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- Windows has no O_NOFOLLOW
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

/** SHA-256 of a file's content, base64url, in constant memory. */
export const digestOf = (path: string, signal: AbortSignal): Promise<string> =>
  withFile(path, (handle) => digestFrom(handle, signal))

/** Copies into a new file, onto the disk itself, and reads it back. Throws where what was written is not what was read. */
export const writePart = async (from: FileHandle, part: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256')
  const target = await open(part, 'wx')
  try {
    for await (const chunk of chunksFrom(from, signal)) {
      hash.update(chunk)
      await target.writeFile(chunk)
    }
    await target.sync()
  } finally {
    await target.close()
  }
  const digest = hash.digest('base64url')
  if ((await digestOf(part, signal)) !== digest) throw new CopyDiffers(part)
  return digest
}

/** The copy that was read back is not what its source holds: one of the two, or the way between them, is failing. */
export class CopyDiffers extends Error {}

/** Where the whole content of a part is now. `made`: it was not there before. */
export interface Published {
  path: string
  made: boolean
}

/**
 * Gives a whole copy its name, without ever overwriting: a name that another file has gets a number. Where a file with the
 * same content has the name already, the part goes, unless `again` asks for a copy all the same.
 */
export const publish = async (
  part: string,
  wanted: string,
  { digest, again = false, signal }: { digest: string; again?: boolean; signal: AbortSignal },
): Promise<Published> => {
  for (let n = 1; n <= maxNumber; n++) {
    const path = numbered(wanted, n)
    try {
      await link(part, path)
      await unlink(part)
      return { path, made: true }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') {
        if (again || (await digestOf(path, signal).catch(() => '')) !== digest) continue
        await unlink(part)
        return { path, made: false }
      }
      if (await stat(path).catch(() => null)) continue
      await rename(part, path) // sticks and memory cards know no links
      return { path, made: true }
    }
  }
  throw new Error(`There are ${maxNumber} files named like ${wanted}`)
}

export interface Copied {
  /** Where it is now; null where a file with this content was there already. */
  path: string | null
  /** SHA-256 of the content, base64url. */
  digest: string
}

/**
 * Copies a file to a path below a folder, byte by byte verified, with its dates; the source is only read. A name that another
 * file has gets a number. Broken off anywhere, nothing has the name that is not whole.
 *
 * @throws CopyDiffers where the copy is not what was read; errors of the file system
 */
export const copyVerified = async (
  source: string,
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<Copied> => {
  const wanted = join(folder, ...name.split('/'))
  await makeFolder(dirname(wanted))
  const part = newPart(wanted)
  try {
    const digest = await withFile(source, (from) => writePart(from, part, signal))
    const { atime, mtime } = await stat(source)
    await utimes(part, atime, mtime)
    const { path, made } = await publish(part, wanted, { digest, signal })
    return { path: made ? path : null, digest }
  } catch (error) {
    await unlink(part).catch(() => undefined) // it may not be there yet
    throw error
  }
}
