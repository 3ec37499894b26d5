import { open, type FileHandle } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ChosenBackup } from '../../shared/schemas/backup.ts'
import { GalleryError, systemCode } from '../../shared/errors.ts'
import { isThumb, type KeyEntry } from './format.ts'
import { readArchive, type ReadOptions } from './read-archive.ts'

/** Opens a file to read it. NOT_FOUND where there is none, FORBIDDEN where it may not be read. */
export const openBackup = (file: string): Promise<FileHandle> =>
  open(resolve(file), 'r').catch((cause: unknown) => {
    const missing = ['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '')
    throw missing
      ? new GalleryError('NOT_FOUND', 'noFile', { path: resolve(file) }, { cause })
      : new GalleryError('FORBIDDEN', 'mayNotRead', { path: resolve(file) }, { cause })
  })

/** Reads a backup to its end without restoring it. Throws where it is not whole. */
export const readBackup = async (file: string, options: ReadOptions = {}): Promise<ChosenBackup> => {
  const handle = await openBackup(file)
  try {
    const { header, counts } = await readArchive(handle, () => undefined, options)
    const { created, host, gallery } = header
    return { ...counts, file: resolve(file), created, host, gallery }
  } finally {
    await handle.close()
  }
}

/** The version of a dump's own format: what an older Redis cannot read is known by it. */
const dumpVersion = ({ dump }: KeyEntry) => (dump.length >= 10 ? dump.readUInt16LE(dump.length - 10) : -1)

/** Reads all of a file, and keeps of its newest dumps the shortest, to ask Redis whether it can read such. */
export const verifyBackup = async (handle: FileHandle, options: ReadOptions) => {
  let probe: KeyEntry | null = null
  const { header, counts } = await readArchive(
    handle,
    (entry) => {
      if (isThumb(entry)) return
      const newer = probe === null || dumpVersion(entry) > dumpVersion(probe)
      const shorter =
        probe !== null && dumpVersion(entry) === dumpVersion(probe) && entry.dump.length < probe.dump.length
      if (newer || shorter) probe = entry
    },
    options,
  )
  return { header, counts, probe: probe as KeyEntry | null }
}
