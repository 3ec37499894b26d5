import { closeSync, fstatSync, openSync, type Stats } from 'node:fs'
import { basename } from 'node:path'
import { systemCode } from '../../../shared/errors.ts'
import { readFlags } from '../index/file-identity.ts'
import { sniff, sniffBytes } from './file-type.ts'
import { readSidecars, type ReadSidecars } from './read-sidecars.ts'
import { bytesOf } from './video/file-bytes.ts'
import { isVideo } from './video/video-type.ts'

/** A file that is open for reading, as it was then. */
export interface OpenedFile {
  file: number
  path: string
  name: string
  stats: Stats
  /** MIME type by its first bytes; null for what is none that is known. */
  type: string | null
  isFilm: boolean
  sidecars: ReadSidecars
}

/** Whether an error of the system says that there is no such file, or a link in its place. */
export const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')

/** Does something with an open file. Links are not followed. Throws what the system says. */
export const withFile = async <T>(path: string, work: (file: number) => T | Promise<T>): Promise<T> => {
  const file = openSync(path, readFlags)
  try {
    return await work(file)
  } finally {
    closeSync(file)
  }
}

/** The same with a photo or video, and what stands beside it. `work` gets null for what is no file. */
export const withPhoto = <T>(
  path: string,
  beside: string[],
  work: (opened: OpenedFile | null) => Promise<T>,
): Promise<T> =>
  withFile(path, (file) => {
    const stats = fstatSync(file)
    if (!stats.isFile()) return work(null)
    const name = basename(path)
    const type = sniff(bytesOf(file, 0, sniffBytes), name)
    const isFilm = type !== null && isVideo(type)
    return work({ file, path, name, stats, type, isFilm, sidecars: readSidecars(path, beside) })
  })
