import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { GalleryError } from '../../../shared/errors.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import { writeDraft } from './files.ts'

/** A random Redis password: 256 bits. */
export const newKey = () => randomBytes(32).toString('hex')

/**
 * Makes a file that only its owner may read, unless it exists: whole or not at all, and one winner when several
 * processes make it at once. Returns what it holds now.
 */
export const makeOnce = (directory: string, name: string, content: string): string => {
  const file = join(directory, name)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const draft = writeDraft(file, content)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
  return readFileSync(file, 'utf8')
}

/** Reads a key file. Refuses one that others may read, as ssh does, since it would be no secret. */
export const readSecret = (directory: string, name: string): string => {
  const file = join(directory, name)
  try {
    const mode = statSync(file).mode & 0o077
    if (mode && process.platform !== 'win32') throw new GalleryError('FORBIDDEN', 'othersMayRead', { file })
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    if (cause instanceof GalleryError) throw cause
    throw new GalleryError(
      'UNAVAILABLE',
      'keyUnreadable',
      { file },
      {
        cause,
      },
    )
  }
}

/**
 * A secret that the environment tells, or keeps out of itself in a file: `NAME`, or `NAME_FILE` with the file's path, as
 * containers mount theirs. A line break at the end of the file is not part of it. Null where there is neither.
 */
export const environmentSecret = (env: NodeJS.ProcessEnv, name: string): string | null => {
  const [value, file] = [env[name], env[`${name}_FILE`]]
  if (!file) return value ?? null
  if (value) throw new GalleryError('INVALID', 'secretTwice', { name })
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why: Text =
      code === 'ENOENT'
        ? { id: 'secretMissing' }
        : { id: 'secretUnreadable', blanks: { code: code ?? 'unknown' } }
    throw new GalleryError('INVALID', 'secretFile', { file, name, why }, { cause })
  }
}
