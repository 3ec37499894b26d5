import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { stateOf } from './index/file-identity.ts'

/** The ending of sidecars as it is met on disks, as those that are looked for by name alone are tried in this order. */
const endings = ['xmp', 'XMP', 'Xmp', 'xMP', 'xmP', 'XMp', 'XmP', 'xMp']

const byEnding = /\.xmp$/i

/** Larger sidecars are neither read nor written over, in bytes: those of programs that keep masks in them have a few hundred thousand. */
export const maxSidecarBytes = 4_000_000

/** Whether a file is a sidecar by its name. */
export const isSidecar = (name: string): boolean => byEnding.test(name) && !name.startsWith('.')

/** What a sidecar's name is made of: `IMG_1` of `IMG_1.xmp`, and `IMG_1.jpg` of `IMG_1.jpg.xmp`. */
export const stemOf = (path: string): string => path.replace(byEnding, '')

/** A photo's path or name without its ending: `IMG_1` of `IMG_1.jpg`. */
const withoutEnding = (path: string) => path.replace(/\.[^./\\]+$/, '')

/** What the names of a photo's sidecars are made of: one of all files of that name first, then its own, which tells more. */
export const stemsFor = (photo: string): [shared: string, own: string] => [withoutEnding(photo), photo]

/** The stamp of a file without sidecars. */
export const noSidecars = '-'

/** What a stamp looks like, as what stands in Redis is a claim. */
export const stampPattern = /^(?:-|[so][\w.-]{1,60}(?:\+[so][\w.-]{1,60})?)$/

interface Sidecar {
  path: string
  size: number
  mtime: number
  ctime: number
}

/** What tells that the sidecars of a photo are as they were: of each which of the two it is, its size and its times. */
export const stampOf = (photo: string, sidecars: Sidecar[]): string =>
  sidecars
    .map(({ path, size, mtime, ctime }) =>
      [stemOf(path) === photo ? 'o' : 's', size, mtime, ctime]
        .map((part) => (typeof part === 'number' ? part.toString(36) : part))
        .join('.'),
    )
    .join('+') || noSidecars

/** The sidecars of a photo, and their stamp. */
export interface Beside {
  beside: string
  /** Their paths, the more telling one last; absent where there are none. */
  sidecars?: string[]
}

const lookAt = async (path: string): Promise<Sidecar | null> => {
  const stats = await lstat(path).catch(() => null)
  return stats?.isFile() ? { path, ...stateOf(stats) } : null
}

const toBeside = (photo: string, found: (Sidecar | null)[]): Beside => {
  const sidecars = found.filter((one) => one !== null)
  const beside = stampOf(photo, sidecars)
  return sidecars.length > 0 ? { beside, sidecars: sidecars.map(({ path }) => path) } : { beside }
}

/** The sidecars of a photo by a listing of its folder: asks the disk only for those that are in it. */
export const besideIn = async (photo: string, listing: Listing): Promise<Beside> => {
  const paths = stemsFor(photo).flatMap((stem) => listing.get(stem) ?? [])
  if (paths.length === 0) return { beside: noSidecars }
  return toBeside(photo, await Promise.all(paths.map(lookAt)))
}

/** The sidecars in a folder: what their paths are made of -> their paths. */
export type Listing = ReadonlyMap<string, string>

const rank = (path: string) => endings.indexOf(path.slice(-3))

/** Of two that differ in their ending's case alone, one is read. */
export const listSidecars = (paths: Iterable<string>): Listing => {
  const listing = new Map<string, string>()
  for (const path of paths) {
    const other = listing.get(stemOf(path))
    if (other === undefined || rank(path) < rank(other)) listing.set(stemOf(path), path)
  }
  return listing
}

/** The sidecars among the names of a folder's files. */
export const sidecarsAmong = (folder: string, names: string[]): Listing =>
  listSidecars(names.filter(isSidecar).map((name) => join(folder, name)))

/** The sidecars of a single photo, by the names that they can have. */
export const besideOf = async (photo: string): Promise<Beside> => {
  const found = await Promise.all(
    stemsFor(photo).map(async (stem) => {
      const all = await Promise.all(endings.map((ending) => lookAt(`${stem}.${ending}`)))
      return all.find((one) => one !== null) ?? null
    }),
  )
  return toBeside(photo, found)
}
