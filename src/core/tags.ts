import type { Change } from '../shared/changes.ts'
import { mostPhotos } from '../shared/changes.ts'
import type { TagCount } from '../shared/schemas.ts'
import { foldTag, isTagged } from '../shared/tags.ts'
import { byAlbum } from '../shared/refs.ts'
import { modifiableAlbums, readableAlbums } from './reach.ts'
import { onRedis, results } from './redis/errors.ts'
import type { Session } from './session.ts'

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Commands in one pipeline, so that Redis answers others in between. */
const chunk = 2000

/** How tags are written in the albums that the caller may read, for those that are there; tags are folded. */
export const knownNames = (session: Session, tags: string[]): Promise<Map<string, string>> =>
  onRedis(async () => {
    const { redis, keys } = session
    const known = new Map<string, string>()
    if (tags.length === 0) return known
    const asked = redis.pipeline()
    for (const album of await readableAlbums(session)) asked.hmget(keys.albumTagNames(album), ...tags)
    for (const row of results<(string | null)[]>(await asked.exec()))
      tags.forEach((tag, i) => {
        const name = row[i]
        if (name && !known.has(tag)) known.set(tag, name)
      })
    return known
  })

/** Pairs of a reply WITHSCORES, which RESP3 answers in pairs and RESP2 in one row. */
const scored = (reply: unknown[]): [string, number][] => {
  const flat = reply.flat() as string[]
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? '', Number(flat[2 * i + 1])])
}

interface Counted {
  name: string
  photos: number
  albums: string[]
}

/** The tags that photos carry, folded, with how many do and in which albums. */
const carried = async (session: Session, albums: string[]): Promise<Map<string, Counted>> => {
  const { redis, keys } = session
  const asked = redis.pipeline()
  for (const album of albums)
    asked.zrange(keys.albumTags(album), 0, '-1', 'WITHSCORES').hgetall(keys.albumTagNames(album))
  const replies = results(await asked.exec())
  const tags = new Map<string, Counted>()
  albums.forEach((album, i) => {
    const names = replies[2 * i + 1] as Record<string, string>
    for (const [tag, photos] of scored(replies[2 * i] as unknown[])) {
      const known = tags.get(tag) ?? { name: names[tag] ?? tag, photos: 0, albums: [] }
      known.photos += photos
      known.albums.push(album)
      tags.set(tag, known)
    }
  })
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
    const asked = redis.pipeline()
    const wanted = [...branches(tags)].flatMap(([tag, albums]) =>
      [...albums].map((album) => ({ tag, album })),
    )
    for (const { tag, album } of wanted) asked.zcard(keys.albumTag(album, tag))
    const counts = results<number>(await asked.exec())
    const inclusive = new Map<string, number>()
    wanted.forEach(({ tag }, i) => inclusive.set(tag, (inclusive.get(tag) ?? 0) + (counts[i] ?? 0)))
    return [...tags]
      .map(([tag, { name, photos }]) => ({ tag: name, photos: inclusive.get(tag) ?? photos }))
      .sort((a, b) => byName.compare(a.tag, b.tag))
  })

/** The tags of some photos, `album/photo` each, with how many of them carry each one. */
export const tagsOfPhotos = (session: Session, refs: string[]): Promise<TagCount[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const counts = new Map<string, number>()
    const places = [...byAlbum(refs)].flatMap(([album, ids]) => ids.map((id) => keys.photo(album, id)))
    for (let start = 0; start < places.length; start += chunk) {
      const asked = redis.pipeline()
      for (const key of places.slice(start, start + chunk)) asked.hget(key, 'tags')
      for (const row of results<string | null>(await asked.exec()))
        for (const tag of (row ?? '').split('\n')) if (tag) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    }
    const names = await knownNames(session, [...counts.keys()])
    return [...counts]
      .map(([tag, photos]) => ({ tag: names.get(tag) ?? tag, photos }))
      .sort((a, b) => byName.compare(a.tag, b.tag))
  })

/** The photos of an album that carry a tag itself, or one below it: by tag, folded. */
const photosBelow = async ({ redis, keys }: Session, album: string, tag: string) => {
  const found = new Map<string, string[]>()
  const ids = await redis.zrange(keys.albumTag(album, tag), 0, '-1')
  for (let start = 0; start < ids.length; start += chunk) {
    const part = ids.slice(start, start + chunk)
    const asked = redis.pipeline()
    for (const id of part) asked.hget(keys.photo(album, id), 'tags')
    results<string | null>(await asked.exec()).forEach((row, i) => {
      for (const own of (row ?? '').split('\n').filter((own) => isTagged([own], tag))) {
        const photos = found.get(own)
        if (photos) photos.push(part[i] ?? '')
        else found.set(own, [part[i] ?? ''])
      }
    })
  }
  return found
}

/** A tag is only written anew once nobody carries it any more: first it goes everywhere, then it comes. */
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
        for (let start = 0; start < photos.length; start += mostPhotos)
          plan.push({
            kind: 'tag',
            album,
            photos: photos.slice(start, start + mostPhotos),
            add,
            remove: [own],
          })
      }
    }
    return to !== null && foldTag(to) === from ? respelled(plan) : plan
  })
