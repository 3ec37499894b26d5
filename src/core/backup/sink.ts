import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, open, rename, unlink } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { GalleryError, isDiskFull } from '../../shared/errors.ts'

/** Where the bytes of a backup go. */
export interface Sink {
  /** The file, as an absolute path; null for a stream. */
  file: string | null
  write: (bytes: Buffer) => Promise<void>
  /** Everything was written: only now is there a file of that name. */
  finish: () => Promise<void>
  /** Leaves nothing behind. */
  discard: () => Promise<void>
}

const occupied = (file: string) => new GalleryError('CONFLICT', 'backupExists', { file })

/** What the file system refused, in words. */
const refusal = (file: string, thrown: unknown): unknown => {
  const { code } = thrown as NodeJS.ErrnoException
  const folder = dirname(file)
  if (code === 'EEXIST') return occupied(file)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new GalleryError('NOT_FOUND', 'noBackupFolder', { folder }, { cause: thrown })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new GalleryError('FORBIDDEN', 'backupFolderForbidden', { folder }, { cause: thrown })
  if (isDiskFull(code) || code === 'EFBIG')
    return new GalleryError('UNAVAILABLE', 'backupNoRoom', { folder }, { cause: thrown })
  return thrown
}

const inWords = async <T>(file: string, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw refusal(file, error)
  })

const syncFolder = async (folder: string) => {
  if (process.platform === 'win32') return // a folder cannot be opened there
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Gives the finished part its name without ever overwriting: a link fails where a rename would replace. */
const publish = async (part: string, file: string) => {
  try {
    await link(part, file)
    await unlink(part)
  } catch (error) {
    // Sticks and memory cards know no links.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(file)) throw occupied(file)
    await rename(part, file)
  }
  await syncFolder(dirname(file))
}

/** A new file that its owner alone may read: it has its name once it is whole and on the disk. Never overwrites. */
export const fileSink = async (named: string): Promise<Sink> => {
  const file = resolve(named)
  if (existsSync(file)) throw occupied(file)
  const part = `${file}.${randomBytes(6).toString('hex')}.part`
  const handle = await inWords(file, open(part, 'wx', 0o600))
  return {
    file,
    write: (bytes) => inWords(file, handle.writeFile(bytes)),
    finish: () =>
      inWords(
        file,
        (async () => {
          await handle.sync()
          await handle.close()
          await publish(part, file)
        })(),
      ),
    discard: async () => {
      await handle.close().catch(() => undefined) // it may be closed already
      await unlink(part).catch(() => undefined) // it may have its name already
    },
  }
}

/** A stream, such as standard output: each piece has left before the next one is made. */
export const streamSink = (stream: NodeJS.WritableStream): Sink => {
  stream.on('error', () => undefined) // each piece reports its own failure
  const refused = (cause: Error) => new GalleryError('UNAVAILABLE', 'backupReaderLeft', {}, { cause })
  return {
    file: null,
    write: (bytes) =>
      new Promise((done, fail) => {
        stream.write(bytes, (error) => (error ? fail(refused(error)) : done()))
      }),
    finish: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  }
}
