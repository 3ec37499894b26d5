import { chunksOf } from '../../shared/domain/chunks.ts'
import {
  formatSwitches,
  leastShown,
  parseSwitches,
  type Download,
  type VisitorSwitches,
} from '../../shared/domain/visitor-switches.ts'
import { maxAudiences } from '../../shared/domain/limits.ts'
import { GalleryError } from '../../shared/errors.ts'
import { AlbumId } from '../../shared/schemas/ids.ts'
import { isStranger, type Session } from '../gallery/session.ts'
import { guestName } from '../redis/acl/redis-users.ts'
import type { Rights } from '../redis/acl/acl-rules.ts'
import { callFunction } from '../redis/call-function.ts'
import { readIds } from '../redis/claims.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import { keysShownTo, type Keys } from '../redis/keys.ts'
import {
  collectionSwitches,
  dropCollectionCopy,
  isCollection,
  makeCollectionCopy,
} from './collection-copies.ts'
import type { AccessRecord } from './access-record.ts'

/*
 * Guests and visitors of share links read copies of albums, which hold what their switches let through and nothing else: what is not
 * to be read does not stand where their login reaches. Every change keeps the copies in step (scripts/includes/shown.lua); here they
 * are made before a visitor gets a right, and taken away after it is gone.
 */

/** Photos brought into step by one call, so that Redis answers others in between. */
const photosPerCall = 200

const isVisitor = ({ role }: Rights) => role === 'guest' || role === 'share'

/** What a copy is called. */
const nameOf = (audience: string, album: string) => `${audience} ${album}`
/** The audience and the album of a name. */
export const parseName = (name: string): [audience: string, album: string] => {
  const [audience = '', album = ''] = name.split(' ')
  return [audience, album]
}

/** The copies that some visitors are to have: `audience album` → switches, as they are kept. */
export const wantedCopies = (access: AccessRecord, all: readonly Rights[]): Map<string, string> => {
  const wanted = new Map<string, string>()
  for (const rights of all) {
    if (!isVisitor(rights) || rights.disabled) continue
    const isGuest = rights.name === guestName
    const own = access.accounts.get(rights.name)?.record['shows']
    for (const album of isGuest ? rights.publicAlbums : rights.grants.keys())
      if (isGuest && isCollection(album)) wanted.set(nameOf(rights.name, album), collectionSwitches)
      else if (AlbumId.safeParse(album).success)
        wanted.set(
          nameOf(rights.name, album),
          formatSwitches(parseSwitches(isGuest ? access.publicSwitches[album] : own)),
        )
  }
  return wanted
}

/** Whether copies are missing, are made by other switches, or are there for nobody. Administrators. */
export const copiesDiffer = async (redis: Connection, keys: Keys, wanted: ReadonlyMap<string, string>) => {
  const made = await redis.hgetall(keys.shown)
  return (
    Object.keys(made).length !== wanted.size ||
    [...wanted].some(([name, switches]) => made[name] !== switches)
  )
}

/**
 * Brings photos of an album's copies into step. Returns how many were not; with `check` that is all it does. Administrators.
 */
export const followPhotos = async (
  redis: Connection,
  keys: Keys,
  album: string,
  { ids, check = false }: { ids: Iterable<string>; check?: boolean },
): Promise<number> => {
  const parts = chunksOf([...ids], photosPerCall)
  let differing = 0
  // An album without photos has a title.
  for (const part of parts.length > 0 ? parts : [[]])
    differing += await callFunction(
      redis,
      'show-photos',
      [`${keys.albumKeys(album)}:`],
      [check ? 'check' : '', ...part],
    )
  return differing
}

/** All photos of an album and of a copy of it. */
const photosOf = async (redis: Connection, keys: Keys, audience: string, album: string) => {
  const sets = [keys, keysShownTo(keys, audience)].map((of) => of.albumPhotos(album))
  return new Set((await Promise.all(sets.map((set) => readIds(redis, set)))).flat())
}

const makeAlbumCopy = async (
  redis: Connection,
  keys: Keys,
  { audience, album, switches }: { audience: string; album: string; switches: string },
) => {
  if ((await redis.type(keys.albumShown(album))) !== 'hash') await redis.del(keys.albumShown(album))
  // From here on every change is in the copy too.
  await redis.hset(keys.albumShown(album), audience, switches)
  await followPhotos(redis, keys, album, { ids: await photosOf(redis, keys, audience, album) })
}

/** Makes the copies that are wanted and not there. What `made` says of one is written once it is whole. Administrators. */
export const makeCopies = async (redis: Connection, keys: Keys, wanted: ReadonlyMap<string, string>) => {
  if (wanted.size === 0) return
  const names = [...wanted.keys()]
  const made = await redis.hmget(keys.shown, ...names)
  for (const [i, name] of names.entries()) {
    const switches = wanted.get(name) ?? formatSwitches(leastShown)
    if (made[i] === switches) continue
    const [audience, album] = parseName(name)
    if (isCollection(album)) await makeCollectionCopy(redis, keys, album)
    else await makeAlbumCopy(redis, keys, { audience, album, switches })
    await redis.hset(keys.shown, name, switches)
  }
}

/** CONFLICT where an album is shown to as many as it can be. Administrators. */
export const checkAudiences = async ({ redis, keys }: Session, album: string): Promise<void> => {
  const key = keys.albumShown(album)
  const shown = (await redis.type(key)) === 'hash' ? await redis.hlen(key) : 0
  if (shown >= maxAudiences) throw new GalleryError('CONFLICT', 'tooManyLinks', { most: maxAudiences })
}

/** The keys of a copy of an album, which has these photos and tags. `keys`: those of its audience. */
export const keysOfCopy = (
  keys: Keys,
  album: string,
  { photos, tags }: { photos: string[]; tags: string[] },
): { each: string[]; own: string[] } => ({
  each: [...photos.map((photo) => keys.photo(album, photo)), ...tags.map((tag) => keys.albumTag(album, tag))],
  own: [
    keys.albumInfo(album),
    keys.albumPhotos(album),
    keys.albumTags(album),
    keys.albumTagNames(album),
    keys.albumEvents(album),
  ],
})

const tagsOf = async (redis: Connection, names: string) =>
  (await redis.type(names)) === 'hash' ? redis.hkeys(names) : []

/** Takes a copy away. Administrators. */
export const dropCopy = async (redis: Connection, keys: Keys, audience: string, album: string) => {
  if (isCollection(album)) await dropCollectionCopy(redis, keys, album)
  else await dropAlbumCopy(redis, keys, audience, album)
  await redis.hdel(keys.shown, nameOf(audience, album))
}

const dropAlbumCopy = async (redis: Connection, keys: Keys, audience: string, album: string) => {
  if ((await redis.type(keys.albumShown(album))) === 'hash')
    await redis.hdel(keys.albumShown(album), audience)
  const own = keysShownTo(keys, audience)
  const photos = await readIds(redis, own.albumPhotos(album))
  const tags = await tagsOf(redis, own.albumTagNames(album))
  const copy = keysOfCopy(own, album, { photos, tags })
  for (const part of chunksOf([...copy.each, ...copy.own], 1000)) await redis.unlink(...part)
}

/**
 * Takes away the copies that are there for nobody any more. `audiences`: only those of these; null: of all. Administrators.
 */
export const dropCopies = async (
  redis: Connection,
  keys: Keys,
  wanted: ReadonlyMap<string, string>,
  audiences: ReadonlySet<string> | null,
) => {
  for (const name of Object.keys(await redis.hgetall(keys.shown))) {
    const [audience, album] = parseName(name)
    if (!wanted.has(name) && (audiences === null || audiences.has(audience)))
      await dropCopy(redis, keys, audience, album)
  }
}

/** What the caller may take home of albums: the originals, but for visitors. */
export const downloadsOf = async (session: Session): Promise<(album: string) => Download> => {
  const { redis, keys, account, guest } = session
  if (!isStranger(session)) return () => 'original'
  if (guest) {
    const kept = await redis.hgetall(keys.publicSwitches)
    return (album) => parseSwitches(kept[album]).download
  }
  const { download } = parseSwitches(await redis.hget(keys.account(account), 'shows'))
  return () => download
}

/** What a visitor is shown and given of an album, as it is on record: read anew, on the visitor's own connection. */
export const switchesOf = (
  { redis, keys, account, guest }: Session,
  album: string,
): Promise<VisitorSwitches> =>
  onRedis(async () =>
    parseSwitches(
      guest ? await redis.hget(keys.publicSwitches, album) : await redis.hget(keys.account(account), 'shows'),
    ),
  )
