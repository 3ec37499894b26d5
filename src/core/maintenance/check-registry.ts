import { AlbumTitle } from '../../shared/schemas/album.ts'
import { foldTitle, maxTitleBytes } from '../albums/albums.ts'
import { allRegistries, registryOf, type AlbumRegistry } from '../albums/album-registry.ts'
import { ownIdPrefixOf } from '../gallery/ids.ts'
import { allAlbums } from '../albums/visible-albums.ts'
import { readHash, readHashes } from '../redis/claims.ts'
import { results } from '../redis/errors.ts'
import { maxClockSkewMs } from '../events/stream-fields.ts'
import type { Session } from '../gallery/session.ts'
import type { AlbumKeys } from './album-keys.ts'
import type { Findings } from './findings.ts'

/** Fields of a list of titles read in one step. */
const pipelineSize = 1000

/** The albums that there are, those in the trash, and how their titles lead to them. */
export interface Listed {
  live: Set<string>
  deleted: Set<string>
  registries: { registry: AlbumRegistry; titles: Map<string, string> }[]
}

const bookTypes: [keyof AlbumRegistry, string][] = [
  ['albums', 'set'],
  ['titles', 'hash'],
  ['events', 'stream'],
]

/** A stream of which the last entry lies ahead of every clock: no other could follow it. */
export const checkEnd = async ({ redis }: Session, stream: string, findings: Findings, repair: boolean) => {
  const facts = (await redis.call('XINFO', 'STREAM', stream)) as unknown[]
  // The id of an entry that was taken away again counts too: the next one follows it.
  const end = String(facts[facts.indexOf('last-generated-id') + 1])
  if (Number(end.split('-')[0]) <= Date.now() + maxClockSkewMs) return
  findings.note('events that lie ahead', stream)
  if (repair) await redis.unlink(stream)
}

/** A part of a list that holds something of another type was written by hand: only accounts' own lists can be. */
const checkTypes = async (
  session: Session,
  registries: AlbumRegistry[],
  findings: Findings,
  repair: boolean,
) => {
  const { redis } = session
  const parts = registries.flatMap((registry) =>
    bookTypes.map(([part, type]) => ({ key: registry[part], type })),
  )
  const asked = redis.pipeline()
  for (const { key } of parts) asked.type(key)
  const types = results<string>(await asked.exec())
  const damaged = parts.flatMap(({ key, type }, i) => (['none', type].includes(types[i] ?? '') ? [] : [key]))
  for (const key of damaged) {
    findings.note('keys that Cimaise has not written', key)
    if (repair) await redis.unlink(key)
  }
  const there = parts.filter(({ type }, i) => type === 'stream' && types[i] === type)
  for (const { key } of there) await checkEnd(session, key, findings, repair)
  return new Set(damaged)
}

/** What a list says of titles, as far as it can be true: an album of its own under each. A title may be `__proto__`. */
const readTitles = async ({ redis }: Session, { titles }: AlbumRegistry): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  let cursor = '0'
  do {
    const [next, flat] = await redis.hscan(titles, cursor, 'COUNT', pipelineSize)
    for (let at = 0; at < flat.length; at += 2) found.set(flat[at] ?? '', flat[at + 1] ?? '')
    cursor = next
  } while (cursor !== '0')
  return found
}

/** Reads the lists of albums. What an account lists as its own although it is none of its albums is noted, and taken out. */
export const readListed = async (session: Session, findings: Findings, repair: boolean): Promise<Listed> => {
  const { redis, keys } = session
  const registries = await allRegistries(session)
  const damaged = await checkTypes(session, registries, findings, repair)
  const live = new Set(await allAlbums(session, true))
  for (const { albums } of registries) {
    if (damaged.has(albums)) continue
    for (const id of await redis.smembers(albums))
      if (!live.has(id)) {
        findings.note('albums in a list that are not there', id)
        if (repair) await redis.srem(albums, id)
      }
  }
  return {
    live,
    deleted: new Set(await redis.zrange(keys.deletedAlbums, 0, '-1')),
    registries: await Promise.all(
      registries.map(async (registry) => ({
        registry,
        titles: damaged.has(registry.titles)
          ? new Map<string, string>()
          : await readTitles(session, registry),
      })),
    ),
  }
}

/** The titles of albums, and the lists that lead from a title to its album. */
export const checkTitles = async (session: Session, { live, registries }: Listed, findings: Findings) => {
  const { redis, keys } = session
  const ids = [...live]
  const infos = ids.map((id) => keys.albumInfo(id))
  const rows = await readHashes(redis, infos, { title: maxTitleBytes, deleted: 32 })
  ids.forEach((id, i) => {
    const [title, deleted] = rows[i] ?? []
    const known = registries.find(({ registry }) => registry.titles === registryOf(keys, id).titles)
    if (!title || !AlbumTitle.safeParse(title).success) findings.note('albums without a title', id)
    else if (known?.titles.get(foldTitle(title)) !== id)
      findings.note('titles that do not lead to their album', title)
    if (deleted) findings.note('albums that are hidden although they are not in the trash', id)
  })
  for (const { titles } of registries)
    for (const [title, id] of titles)
      if (!live.has(id)) findings.note('titles of albums that are not there', title)
}

/** A title that no other album of the list has. */
const freeTitle = (wanted: string, taken: Set<string>) => {
  for (let n = 1; ; n++) {
    const title = n === 1 ? wanted : `${wanted.slice(0, 190)} (${n})`
    if (!taken.has(foldTitle(title))) return title
  }
}

/** Gives every album a title that leads to it, and none that leads nowhere. */
export const repairTitles = async (session: Session, { live, registries }: Listed) => {
  const { redis, keys } = session
  for (const { registry } of registries) {
    const own = [...live].filter((id) => registryOf(keys, id).titles === registry.titles).toSorted()
    const titles = new Map<string, string>()
    for (const id of own) {
      const { title } = await readHash(redis, keys.albumInfo(id), { title: maxTitleBytes })
      const known = AlbumTitle.safeParse(title)
      const free = freeTitle(known.success ? known.data : id, new Set(titles.keys()))
      titles.set(foldTitle(free), id)
      if (free !== title) await redis.hset(keys.albumInfo(id), 'title', free)
      await redis.hdel(keys.albumInfo(id), 'deleted')
    }
    const change = redis.multi().del(registry.titles)
    if (titles.size > 0) change.hset(registry.titles, Object.fromEntries(titles))
    results(await change.exec())
  }
}

/**
 * An album that no list has: what its account took from its own list, or left when it wrote over the album's title. A repair
 * lists it again where it holds photos, as nothing of them is to be lost, and takes its keys away where it holds none.
 */
export const adoptAlbum = async (session: Session, { id, photos, parts, tags }: AlbumKeys) => {
  const { redis, keys } = session
  const { title } = await readHash(redis, keys.albumInfo(id), { title: maxTitleBytes })
  if (photos.length === 0 && title === undefined) {
    const rest = [...parts].map((part) => `${keys.albumKeys(id)}:${part}`)
    await redis.unlink(keys.albumInfo(id), ...rest, ...tags.map((tag) => keys.albumTag(id, tag)))
    return false
  }
  const ownIdPrefix = ownIdPrefixOf(id)
  if (ownIdPrefix !== null && !(await redis.sismember(keys.makers, ownIdPrefix))) return false
  const registry = registryOf(keys, id)
  const told = ['what', 'repaired', 'album', id, 'by', session.account]
  results(
    await redis
      .multi()
      .hsetnx(keys.albumInfo(id), 'title', id)
      .sadd(registry.albums, id)
      .xadd(registry.events, 'MAXLEN', '~', 1000, '*', ...told)
      .exec(),
  )
  return true
}
