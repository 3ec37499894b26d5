import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, relative, sep } from 'node:path'
import { systemCode } from '../../../shared/errors.ts'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Decoder } from '../decode/pool.ts'
import { isSameState, stateOf } from '../index/file-identity.ts'
import { isParked, placeOf, type Entry } from '../index/file-index.ts'
import { isOnline } from '../roots/registered-roots.ts'
import { isContent } from '../index/first-digest.ts'

const fold = (path: string) => path.normalize('NFC').toLowerCase()

/**
 * Whether a path is written as the disk writes it. Where letters' case makes no difference, a file that was renamed in its
 * case alone is found by its old name too.
 */
export const isTrueName = async (
  path: string,
  list: (folder: string) => Promise<string[]> = (folder) => readdir(folder),
): Promise<boolean> => {
  for (let at = path; dirname(at) !== at; at = dirname(at)) {
    const names = await list(dirname(at)).catch(() => null)
    if (names === null) return true // it cannot be told
    if (!names.includes(basename(at)) && names.some((name) => fold(name) === fold(basename(at)))) return false
  }
  return true
}

interface Parts {
  decoder: Pick<Decoder, 'digest'>
  rootOf: (path: string) => RegisteredRoot | null
}

/**
 * Whether a file that is not there has gone, rather than lying on a drive that is away. A library that is found at another place
 * is the same one: where its root is away as a whole, a file that lies there by the same path below it has come along.
 */
export const hasGone = async (
  path: string,
  found: string,
  { rootOf }: Pick<Parts, 'rootOf'>,
  since = Infinity,
): Promise<boolean> => {
  const root = rootOf(path)
  if (root === null || root.restored || (await isOnline(root, () => since))) return true
  return !root.file && found.endsWith(sep + relative(root.path, path))
}

/**
 * Whether the file that a photo was taken in from holds that content no longer, so that the photo goes on with the file at
 * `found`, which does. Read only where its state does not tell.
 */
export const isVacated = async (
  indexed: string,
  entry: Entry,
  found: string,
  parts: Parts,
): Promise<boolean> => {
  if (isParked(indexed)) return true
  const path = placeOf(indexed)
  const stats = await lstat(path).catch((error: unknown) =>
    ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '') ? null : undefined,
  )
  if (stats === undefined) return false // it cannot be told
  // It was seen to be gone while its root was there; that the root is away since then changes nothing.
  if (stats === null) return entry.missing || hasGone(path, found, parts, entry.ctime)
  if (fold(path) === fold(found) && !(await isTrueName(path))) return true
  if (stats.isFile() && isSameState(entry, stateOf(stats))) return false
  const now = await parts.decoder.digest(path)
  if (now.kind === 'gone') return hasGone(path, found, parts, entry.ctime)
  if (now.kind === 'growing') return true // its content is being written over
  return now.kind === 'digest' && !isContent(entry.digest, now)
}

/** Of photos with the same content the one that is most likely the file's: by its number on the disk, its name, its folder. */
export const byLikeness = (found: string, ino: number | undefined) => {
  const rank = ([path, entry]: [string, Entry]) =>
    Number(ino !== undefined && ino > 0 && entry.ino === ino) * 4 +
    Number(basename(placeOf(path)) === basename(found)) * 2 +
    Number(dirname(placeOf(path)) === dirname(found))
  return (a: [string, Entry], b: [string, Entry]) => rank(b) - rank(a)
}
