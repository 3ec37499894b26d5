import type { Change } from '../../shared/schemas/change.ts'
import { byName } from '../../shared/domain/by-name.ts'
import { maxPhotosPerCall } from '../../shared/domain/limits.ts'
import type { TagCount } from '../../shared/schemas/photo.ts'
import { foldTag, isTagged } from '../../shared/domain/tags.ts'
import { byAlbum } from '../../shared/domain/refs.ts'
import { modifiableAlbums, readableAlbums } from '../albums/visible-albums.ts'
import { line } from './field-values.ts'
import { splitField } from './photo-record.ts'
import { totalsOf } from './tag-totals.ts'
import { readHashes, readIds, type FieldLimits } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'

/** Bytes of one tag: a hundred characters of four. */
const maxTagBytes = 400
/** Bytes of the tags of one photo. */
const tagField = { tags: 80_400 } as const satisfies FieldLimits

/** How tags are written in some albums, for those that are there; tags are folded. */
export const tagNames = async (
  { redis, keys }: Session,
  albums: string[],
  tags: string[],
): Promise<Map<string, string>> => {
  const known = new Map<string, string>()
  if (tags.length === 0) return known
  const hashes = albums.map((album) => keys.albumTagNames(album))
  const limits = Object.fromEntries(tags.map((tag) => [tag, maxTagBytes]))
  const fields = Object.keys(limits) // an object has tags that are numbers first
  for (const row of await readHashes(redis, hashes, limits))
    fields.forEach((tag, i) => {
      const name = row?.[i]
      if (name && !known.has(tag)) known.set(tag, line(name))
    })
  return known
}

/** How tags are written in the albums that the caller may read, for those that are there; tags are folded. */
export const knownNames = (session: Session, tags: string[]): Promise<Map<string, string>> =>
  onRedis(async () => {
    if (tags.length === 0) return new Map<string, string>()
    const totals = await totalsOf(session, await readableAlbums(session))
    return new Map(
      tags.flatMap((tag) => {
        const name = totals.get(tag)?.name
        return name === undefined ? [] : [[tag, name] as const]
      }),
    )
  })

/** Every tag that photos of the caller's albums carry, by name; the photos of a tag include those with one below it. */
export const listTags = (session: Session): Promise<TagCount[]> =>
  onRedis(async () => {
    const tags = await totalsOf(session, await readableAlbums(session))
    return tags
      .all()
      .filter(({ photos }) => photos > 0)
      .map(({ name, within }) => ({ tag: name, photos: within }))
      .sort((a, b) => byName(a.tag, b.tag))
  })

/** The tags of some photos, `album/photo` each, with how many of them carry each one. */
export const tagsOfPhotos = (session: Session, refs: string[]): Promise<TagCount[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const counts = new Map<string, number>()
    const locations = [...byAlbum(refs)].flatMap(([album, ids]) => ids.map((id) => keys.photo(album, id)))
    for (const row of await readHashes(redis, locations, tagField))
      for (const tag of splitField(row?.[0])) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    const names = await knownNames(session, [...counts.keys()])
    return [...counts]
      .map(([tag, photos]) => ({ tag: names.get(tag) ?? tag, photos }))
      .sort((a, b) => byName(a.tag, b.tag))
  })

/** The photos of an album that carry a tag itself, or one below it: by tag, folded. */
const photosBelow = async ({ redis, keys }: Session, album: string, tag: string) => {
  const found = new Map<string, string[]>()
  const ids = await readIds(redis, keys.albumTag(album, tag))
  const records = ids.map((id) => keys.photo(album, id))
  ;(await readHashes(redis, records, tagField)).forEach((row, i) => {
    for (const own of splitField(row?.[0]).filter((carried) => isTagged([carried], tag))) {
      const photos = found.get(own)
      if (photos) photos.push(ids[i] ?? '')
      else found.set(own, [ids[i] ?? ''])
    }
  })
  return found
}

/** A tag is only written anew once no photo carries it any more: first it goes everywhere, then it comes. */
const respelled = (plan: Change[]): Change[] => {
  const changes = plan.filter((change) => change.kind === 'tag')
  return [
    ...changes.map((change) => ({ ...change, add: [] })),
    ...changes.map((change) => ({ ...change, remove: [] })),
  ]
}

/**
 * The changes that rename a tag and those below it, or remove them (`to` null), in the albums that the caller may modify.
 * Where the new name is a tag already, the two become one.
 */
export const planTag = (session: Session, tag: string, to: string | null): Promise<Change[]> =>
  onRedis(async () => {
    const from = foldTag(tag)
    const plan: Change[] = []
    const names = await knownNames(session, [from])
    const written = (names.get(from) ?? from).length
    for (const album of await modifiableAlbums(session)) {
      const found = await photosBelow(session, album, from)
      const spelled = await knownNames(session, [...found.keys()])
      for (const [own, photos] of found) {
        const add = to === null ? [] : [to + (spelled.get(own) ?? own).slice(written)]
        for (let start = 0; start < photos.length; start += maxPhotosPerCall)
          plan.push({
            kind: 'tag',
            album,
            photos: photos.slice(start, start + maxPhotosPerCall),
            add,
            remove: [own],
          })
      }
    }
    return to !== null && foldTag(to) === from ? respelled(plan) : plan
  })
