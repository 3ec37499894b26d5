import { followCollection, isCollection, keysOfCollectionCopy } from '../access/collection-copies.ts'
import { readAccessRecord, redisTime, rightsOf } from '../access/access-record.ts'
import {
  dropCopy,
  followPhotos,
  keysOfCopy,
  makeCopies,
  parseName,
  wantedCopies,
} from '../access/visitors.ts'
import { tagsOf } from '../photos/photo-record.ts'
import { readHashes, readIds } from '../redis/claims.ts'
import { guestName } from '../redis/acl/redis-users.ts'
import { keysShownTo } from '../redis/keys.ts'
import { pairsOf } from '../redis/pairs.ts'
import type { Session } from '../gallery/session.ts'
import type { AlbumKeys } from './album-keys.ts'
import type { Findings } from './findings.ts'

/** Whether the tags of a copy are those of its photos, each as often. */
const tagsAgree = async ({ redis, keys }: Session, album: string, photos: string[]) => {
  const records = photos.map((photo) => keys.photo(album, photo))
  const counts = new Map<string, number>()
  for (const row of await readHashes(redis, records, { tags: 80_400 }))
    for (const tag of tagsOf({ tags: row?.[0] ?? '' })) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  const flat = (await redis.zrange(keys.albumTags(album), 0, '-1', 'WITHSCORES')).flat()
  const said = pairsOf(flat)
  return said.length === counts.size && said.every(([tag, count]) => counts.get(tag) === Number(count))
}

/** Whether a copy has another key than those that its photos and tags make, or lacks one. */
const keysAgree = async (session: Session, album: string, photos: string[], there: string[]) => {
  const { redis, keys } = session
  const tags = await redis.hkeys(keys.albumTagNames(album))
  const { each, own } = keysOfCopy(keys, album, { photos, tags })
  const found = new Set(there.filter((key) => !own.includes(key)))
  return found.size === each.length && each.every((key) => found.has(key))
}

const agrees = async (session: Session, { id, copies }: AlbumKeys, audience: string, switches: string) => {
  const { redis, keys } = session
  const own = { ...session, keys: keysShownTo(keys, audience) }
  if ((await redis.hget(keys.albumShown(id), audience)) !== switches) return false
  const photos = await readIds(redis, own.keys.albumPhotos(id))
  const there = copies.get(audience) ?? []
  return (await keysAgree(own, id, photos, there)) && tagsAgree(own, id, photos)
}

/** The copies that are to be, as `wantedCopies` tells them. */
const readWanted = async ({ redis, keys }: Session) => {
  const [access, now] = await Promise.all([readAccessRecord(redis, keys), redisTime(redis)])
  const all = [...access.accounts.keys()].map((name) => rightsOf(access, name, now))
  return wantedCopies(access, all)
}

/** The same by their albums: audience -> switches. */
const byAlbum = (copies: ReadonlyMap<string, string>) => {
  const albums = new Map<string, Map<string, string>>()
  for (const [name, switches] of copies) {
    const [audience, album] = parseName(name)
    albums.set(album, (albums.get(album) ?? new Map<string, string>()).set(audience, switches))
  }
  return albums
}

const checkOne = async (
  session: Session,
  album: AlbumKeys,
  wanted: ReadonlyMap<string, string>,
  { findings, repair }: { findings: Findings; repair: boolean },
) => {
  const { redis, keys } = session
  const { id, parts, copies } = album
  const listed = parts.has('shown') ? await redis.hkeys(keys.albumShown(id)) : []
  const wrong = new Set([...listed, ...copies.keys()].filter((audience) => !wanted.has(audience)))
  for (const [audience, switches] of wanted)
    if (!parts.has('shown') || !(await agrees(session, album, audience, switches))) wrong.add(audience)
  const ids = new Set(await readIds(redis, keys.albumPhotos(id)))
  for (const audience of wanted.keys())
    for (const photo of await readIds(redis, keysShownTo(keys, audience).albumPhotos(id))) ids.add(photo)
  const differing = wanted.size > 0 ? await followPhotos(redis, keys, id, { ids, check: true }) : 0
  if (differing > 0) for (const audience of wanted.keys()) wrong.add(audience)
  for (const audience of wrong) {
    findings.note('copies for visitors that are not what they should be', `${id} ${audience}`)
    if (!repair) continue
    if ((copies.get(audience) ?? []).length > 0) await redis.unlink(...(copies.get(audience) ?? []))
    await dropCopy(redis, keys, audience, id)
  }
}

/** What guests are shown of public collections, and what is shown of others to nobody. */
const checkCollectionCopies = async (
  { redis, keys }: Session,
  wanted: ReadonlySet<string>,
  { findings, repair }: { findings: Findings; repair: boolean },
) => {
  const marked = Object.keys(await redis.hgetall(keys.shown)).map((name) => parseName(name)[1])
  for (const id of new Set([...wanted, ...marked].filter(isCollection))) {
    const mark = keys.collectionShown(id)
    const hasMark = (await redis.type(mark)) === 'hash' && (await redis.hexists(mark, guestName)) === 1
    const isWhole = wanted.has(id)
      ? hasMark && (await followCollection(redis, keys, id, true)) === 0
      : (await redis.exists(...keysOfCollectionCopy(keys, id))) === 0
    if (isWhole) continue
    findings.note('copies for visitors that are not what they should be', `${id} ${guestName}`)
    if (repair) await dropCopy(redis, keys, guestName, id)
  }
}

/** What visitors are shown of albums and collections: whether it is there for those who are to see it, and says what they say. */
export const checkCopies = async (
  session: Session,
  albums: ReadonlyMap<string, AlbumKeys>,
  findings: Findings,
  repair: boolean,
) => {
  const copies = await readWanted(session)
  const wanted = byAlbum(copies)
  for (const [id, album] of albums)
    if (id !== '') await checkOne(session, album, wanted.get(id) ?? new Map(), { findings, repair })
  await checkCollectionCopies(session, new Set([...wanted.keys()].filter(isCollection)), { findings, repair })
  if (repair) await makeCopies(session.redis, session.keys, copies)
}
