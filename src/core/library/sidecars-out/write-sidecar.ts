import {
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
  type Stats,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { systemCode } from '../../../shared/errors.ts'
import { isCandidate, isRawName } from '../decode/file-type.ts'
import { decodePacket } from '../decode/metadata/text-encoding.ts'
import { readMetadata, type Said } from '../decode/metadata.ts'
import { identityOf, isSame, readFlags } from '../index/file-identity.ts'
import { maxSidecarBytes, sidecarsAmong, stemsFor } from '../sidecars.ts'
import { editXmp, type Entered } from './edit-xmp.ts'

export type Written =
  | { kind: 'same' }
  /** `mtime`: the sidecar's from then on, in milliseconds since 1970. */
  | { kind: 'written'; mtime: number }
  /** It says something else, and was changed after that was entered: it is left as it is. */
  | { kind: 'newer'; says: Said; ours: Said }
  /** It is a link, too large, or no XMP: it is somebody else's. */
  | { kind: 'foreign' }
  /** The folder cannot be written into. */
  | { kind: 'readOnly' }
  /** Another program was at work on it at the same moment, or it could not be written. */
  | { kind: 'again' }

interface Target {
  path: string
  /** What stands in it now; null where there is none. */
  text: string | null
  stats: Stats | null
}

/**
 * The sidecar of a photo that is written: its own, or the one of all files of its name where it is the only one. A new one has the name that
 * other programs look for: `IMG_1.xmp` beside a RAW, `IMG_1.jpg.xmp` beside all else and where several files share a name.
 */
const pathOf = (photo: string): string => {
  const folder = dirname(photo)
  const names = readdirSync(folder)
  const listing = sidecarsAmong(folder, names)
  const [shared, own] = stemsFor(photo)
  const isAlone = !names.some(
    (name) => name !== basename(photo) && isCandidate(name) && stemsFor(join(folder, name))[0] === shared,
  )
  return (
    listing.get(own) ??
    (isAlone ? listing.get(shared) : undefined) ??
    `${isAlone && isRawName(photo) ? shared : own}.xmp`
  )
}

/** Null for what must not be written over. */
const readTarget = (path: string): Target | null => {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return { path, text: null, stats: null }
  if (!stats.isFile() || stats.size > maxSidecarBytes) return null
  const file = openSync(path, readFlags)
  try {
    const now = fstatSync(file)
    const bytes = Buffer.alloc(Math.min(now.size, maxSidecarBytes))
    return {
      path,
      text: decodePacket(bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0))),
      stats: now,
    }
  } finally {
    closeSync(file)
  }
}

const isAsRead = ({ path, stats }: Target) => {
  const now = lstatSync(path, { throwIfNoEntry: false })
  if (!now || !stats) return !now && !stats
  return isSame(identityOf(now), identityOf(stats)) && now.ctimeMs === stats.ctimeMs
}

/** Writes a file beside and puts it in place: whoever reads sees the old one or the new one, whole, whatever happens. */
const replace = (target: Target, text: string): Written => {
  const beside = join(dirname(target.path), `.${basename(target.path)}.${randomBytes(6).toString('hex')}.tmp`)
  let file: number | undefined
  try {
    file = openSync(beside, 'wx', target.stats ? target.stats.mode & 0o777 : 0o666)
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    fsyncSync(file)
    const mtime = fstatSync(file).mtimeMs
    closeSync(file)
    file = undefined
    if (!isAsRead(target)) return { kind: 'again' }
    renameSync(beside, target.path)
    return { kind: 'written', mtime }
  } finally {
    if (file !== undefined) closeSync(file)
    rmSync(beside, { force: true })
  }
}

const saidBy = (text: string | null): Said =>
  readMetadata(Buffer.alloc(0), text === null ? [] : [Buffer.from(text)]).said

/** Whether it says something else of what is to be written, rather than nothing. */
const contradicts = (before: Said, after: Said) =>
  (Object.keys(before) as (keyof Said)[]).some(
    (field) => before[field].length > 0 && String(before[field]) !== String(after[field]),
  )

const same = (a: Said, b: Said) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Writes what users entered of a photo into its sidecar. Nothing else in it changes, and never the photo itself. One that says something
 * else, and was changed after `at`, is left as it is.
 *
 * @param at when the last of it was entered, in milliseconds since 1970; 0 where that is not known
 */
export const writeSidecar = (photo: string, entered: Entered, at: number): Written => {
  try {
    const target = readTarget(pathOf(photo))
    if (!target) return { kind: 'foreign' }
    const before = saidBy(target.text)
    const edited = edit(target.text, entered)
    if (edited === null) return { kind: 'foreign' }
    const after = saidBy(edited)
    if (same(before, after)) return { kind: 'same' }
    if (target.stats && target.stats.mtimeMs > at && contradicts(before, after))
      return { kind: 'newer', says: before, ours: after }
    return replace(target, edited)
  } catch (error) {
    return ['EROFS', 'EACCES', 'EPERM'].includes(systemCode(error) ?? '')
      ? { kind: 'readOnly' }
      : { kind: 'again' }
  }
}

const edit = (text: string | null, entered: Entered): string | null => {
  try {
    return editXmp(text, entered)
  } catch {
    return null
  }
}
