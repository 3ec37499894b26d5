import type { Session } from '../gallery/session.ts'
import type { Keys } from '../redis/keys.ts'
import { tagsOfAlbums, type AlbumTag } from './album-tags.ts'
import { line } from './field-values.ts'

/** A tag of several albums: as most of them write it, and how many photos carry it; `within`: it or one below. */
export interface TotalTag {
  name: string
  photos: number
  within: number
}

interface Counted {
  photos: number
  within: number
  /** How the tag is written -> in how many albums. */
  names: Map<string, number>
}

/** The more common spelling; of two that are as common the one that sorts first, so that all see the same one. */
const commonest = (names: Map<string, number>): string => {
  let [found, most] = ['', 0]
  for (const [name, albums] of names)
    if (albums > most || (albums === most && name < found)) [found, most] = [name, albums]
  return line(found)
}

/** The tags of some albums together. Of albums whose tags have changed since the last time, these alone are counted again. */
export class TagTotals {
  readonly #albums = new Map<string, AlbumTag[]>()
  readonly #tags = new Map<string, Counted>()

  /** `lists`: the tags of each album, in the order of the albums; the same list as long as nothing has changed. */
  update(albums: string[], lists: AlbumTag[][]): void {
    albums.forEach((album, i) => this.#replace(album, lists[i] ?? []))
    if (this.#albums.size === albums.length) return
    const present = new Set(albums)
    for (const album of this.#albums.keys()) if (!present.has(album)) this.#replace(album, null)
  }

  /** A tag, folded, or a branch above one. */
  get(tag: string): TotalTag | undefined {
    const counted = this.#tags.get(tag)
    return counted && { ...counted, name: commonest(counted.names) }
  }

  all(): TotalTag[] {
    return [...this.#tags.values()].map((counted) => ({ ...counted, name: commonest(counted.names) }))
  }

  #replace(album: string, tags: AlbumTag[] | null) {
    const before = this.#albums.get(album)
    if (before === tags) return
    for (const tag of tags ?? []) this.#count(tag, 1)
    for (const tag of before ?? []) this.#count(tag, -1)
    if (tags) this.#albums.set(album, tags)
    else this.#albums.delete(album)
  }

  #count({ tag, name, photos, within }: AlbumTag, sign: 1 | -1) {
    const counted = this.#tags.get(tag) ?? { photos: 0, within: 0, names: new Map<string, number>() }
    counted.photos += sign * photos
    counted.within += sign * within
    const albums = (counted.names.get(name) ?? 0) + sign
    if (albums > 0) counted.names.set(name, albums)
    else counted.names.delete(name)
    if (counted.names.size > 0) this.#tags.set(tag, counted)
    else this.#tags.delete(tag)
  }
}

/** Accounts of which totals are kept; all administrators see the same. */
const maxKept = 16

const kept = new WeakMap<Keys, Map<string, TagTotals>>()

const keptOf = ({ keys, account, identity }: Session): TagTotals => {
  const all = kept.get(keys) ?? new Map<string, TagTotals>()
  kept.set(keys, all)
  const who = identity.administrator ? '' : account
  const totals = all.get(who) ?? new TagTotals()
  all.delete(who)
  all.set(who, totals)
  const [oldest = ''] = all.keys()
  if (all.size > maxKept) all.delete(oldest)
  return totals
}

/** The tags of albums that the caller may read, and of the branches above them. */
export const totalsOf = async (session: Session, albums: string[]): Promise<TagTotals> => {
  const lists = await tagsOfAlbums(session, albums)
  const totals = keptOf(session)
  totals.update(albums, lists)
  return totals
}
