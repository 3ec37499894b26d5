import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { GalleryError } from '../../../shared/errors.ts'
import type { TextId } from '../../../shared/i18n/text.ts'

/** Why a system call on files failed, and what to do, by its code. */
const reasons: Partial<Record<string, TextId>> = {
  EROFS: 'diskReadOnly',
  EACCES: 'diskForbidden',
  EPERM: 'diskForbidden',
  ENOSPC: 'diskFull',
  EDQUOT: 'diskQuota',
  EEXIST: 'diskOccupied',
  ENOTDIR: 'diskOccupied',
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
    throw new GalleryError('UNAVAILABLE', 'homeUnusable', { folder, reason: { id: reason } }, { cause })
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
