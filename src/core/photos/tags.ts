import type { Change } from '../../shared/schemas/change.ts'
import { byName } from '../../shared/domain/by-name.ts'
import { maxPhotosPerCall } from '../../shared/domain/limits.ts'
import type { TagCount } from '../../shared/schemas/photo.ts'
import { foldTag, isTagged } from '../../shared/domain/tags.ts'
import { byAlbum } from '../../shared/domain/refs.ts'
import { modifiableAlbums, readableAlbums } from '../albums/visible-albums.ts'
import { line } from './field-values.ts'
import { splitField } from './photo-record.ts'
import { callFunction } from '../redis/call-function.ts'
import { readHashes, readIds, readSizes, type FieldLimits } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'

/** Tags of one album that are looked at. */
const maxAlbumTags = 20_000
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
  onRedis(async () => tagNames(session, tags.length > 0 ? await readableAlbums(session) : [], tags))

/** Albums whose tags are read in one call, so that Redis answers others in between. */
const maxAlbumsPerCall = 200

/** What albums say of their tags. A count that is none, or more than photos can be, is left out with its tag. */
const readTags = async ({ redis, keys }: Session, albums: string[]) => {
  const sets = albums.flatMap((album) => [keys.albumTags(album), keys.albumTagNames(album)])
  const answers = await callFunction(redis, 'read-tags', sets, [maxAlbumTags])
  return answers.map((flat) =>
    flat === -1
      ? []
      : Array.from({ length: flat.length / 3 }, (_, i) => ({
          tag: flat[3 * i] ?? '',
          photos: Number(flat[3 * i + 1]),
          name: flat[3 * i + 2] ?? '',
        })).filter(isCounted),
  )
}

const isCounted = ({ tag, name, photos }: { tag: string; name: string; photos: number }) =>
  Number.isSafeInteger(photos) && photos > 0 && photos < 1e9 && !/\p{Cc}/u.test(tag + name)

interface Counted {
  name: string
  photos: number
  albums: string[]
}

/** The tags that photos carry, folded, with how many do and in which albums. */
const carried = async (session: Session, albums: string[]): Promise<Map<string, Counted>> => {
  const tags = new Map<string, Counted>()
  for (let start = 0; start < albums.length; start += maxAlbumsPerCall) {
    const part = albums.slice(start, start + maxAlbumsPerCall)
    const answers = await readTags(session, part)
    part.forEach((album, i) => {
      for (const { tag, photos, name } of answers[i] ?? []) {
        const known = tags.get(tag) ?? { name, photos: 0, albums: [] }
        known.photos += photos
        known.albums.push(album)
        tags.set(tag, known)
      }
    })
  }
  return tags
}

/** Tags that have others below them, each with the albums in which either is. */
const branches = (tags: Map<string, Counted>): Map<string, Set<string>> => {
  const found = new Map<string, Set<string>>()
  for (const [tag, { albums }] of tags)
    for (let at = tag.indexOf('/'); at >= 0; at = tag.indexOf('/', at + 1)) {
      const above = tag.slice(0, at)
      const own = tags.get(above)
      if (!own) continue
      const all = found.get(above) ?? new Set(own.albums)
      for (const album of albums) all.add(album)
      found.set(above, all)
    }
  return found
}

/** Every tag that photos of the caller's albums carry, by name; the photos of a tag include those with one below it. */
export const listTags = (session: Session): Promise<TagCount[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const tags = await carried(session, await readableAlbums(session))
    const wanted = [...branches(tags)].flatMap(([tag, albums]) =>
      [...albums].map((album) => ({ tag, album })),
    )
    const sets = wanted.map(({ tag, album }) => keys.albumTag(album, tag))
    const counts = await readSizes(redis, sets)
    const inclusive = new Map<string, number>()
    wanted.forEach(({ tag }, i) => inclusive.set(tag, (inclusive.get(tag) ?? 0) + (counts[i] ?? 0)))
    return [...tags]
      .map(([tag, { name, photos }]) => ({ tag: name, photos: inclusive.get(tag) ?? photos }))
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
