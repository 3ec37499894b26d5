import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { GalleryError } from '../../../shared/errors.ts'

/** Why a system call on files failed, and what to do, by its code. */
const reasons: Partial<Record<string, string>> = {
  EROFS: 'it is on a read-only file system. Mount that so that it can be written to',
  EACCES: 'this account may not write there. Give it that right',
  EPERM: 'this account may not write there. Give it that right',
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'the disk quota of this account is used up. Free some space',
  EEXIST: 'a file is in its place. Move that file away',
  ENOTDIR: 'a file is in its place. Move that file away',
}

/**
 * Runs work that writes into the data folder. Where the disk refuses, it throws UNAVAILABLE and says of the folder what to do.
 */
export const onDisk = <T>(folder: string, work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    const reason = reasons[(cause as NodeJS.ErrnoException).code ?? '']
    if (!reason) throw cause
    throw new GalleryError(
      'UNAVAILABLE',
      `The data folder ${folder} cannot be used: ${reason}. Set CIMAISE_HOME to use another folder instead.`,
      { cause },
    )
  }
}

/** Writes a draft of a file beside it, on the disk and readable by its owner alone. Returns its path; nothing is left where it fails. */
export const writeDraft = (file: string, content: string): string => {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const handle = openSync(draft, 'wx', 0o600)
    try {
      writeSync(handle, content)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    return draft
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Replaces a file that only its owner may read: whole, or not at all where that fails. */
export const writeWhole = (directory: string, name: string, content: string): void => {
  const file = join(directory, name)
  const draft = writeDraft(file, content)
  try {
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** The text of a file, without the blanks around it; an empty one where there is none to be read. */
export const readText = (directory: string, name: string): string => {
  try {
    return readFileSync(join(directory, name), 'utf8').trim()
  } catch {
    return ''
  }
}
