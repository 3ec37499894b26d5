import { chunksOf } from '../../shared/domain/chunks.ts'
import { AlbumId, PhotoId } from '../../shared/schemas/ids.ts'
import { results } from '../redis/errors.ts'
import { scanKeys } from '../redis/scan-keys.ts'
import type { Session } from '../gallery/session.ts'
import type { Findings } from './findings.ts'

/** Commands in one pipeline, so that Redis answers others in between. */
const pipelineSize = 1000
/** Bytes of the name of a key that is looked at: a longer one is none of ours. */
const maxKeyLength = 1024

/** The keys of an album by what they are, without what no Cimaise has written. */
export interface AlbumKeys {
  id: string
  photos: string[]
  tags: string[]
  /** All others: `info`, `photos`, `trash`, `behind`, `tags`, `tagnames`, `events`, `hidden`, `shown`. */
  parts: Set<string>
  /** Audience -> the keys of the copy that it is shown. */
  copies: Map<string, string[]>
  /** Keys that no Cimaise has written, or that hold something of another type. */
  junk: string[]
}

const partTypes: Readonly<Record<string, string>> = {
  info: 'hash',
  photos: 'zset',
  trash: 'zset',
  behind: 'zset',
  tags: 'zset',
  tagnames: 'hash',
  events: 'stream',
  hidden: 'hash',
  shown: 'hash',
}

/** Where a key belongs within its album, and which type it has there; null for what is none of ours. */
const partOf = (rest: string): { kind: 'photo' | 'tag' | 'part'; name: string; type: string } | null => {
  if (rest.length > maxKeyLength) return null
  const [, kind, name = ''] = /^(photo|tag):(.*)$/s.exec(rest) ?? []
  if (kind === 'photo') return PhotoId.safeParse(name).success ? { kind, name, type: 'hash' } : null
  if (kind === 'tag') return name === '' ? null : { kind, name, type: 'zset' }
  const type = partTypes[rest]
  return type ? { kind: 'part', name: rest, type } : null
}

/** The types of keys, in their order. */
const typesOf = async ({ redis }: Session, keys: string[]): Promise<string[]> => {
  const asked = redis.pipeline()
  for (const key of keys) asked.type(key)
  return results<string>(await asked.exec())
}

/** The keys of a copy are named as the album's own, but for what no visitor has. */
const copied = new Set(['info', 'photos', 'tags', 'tagnames', 'events'])

const sortCopyIn = (album: AlbumKeys, key: string, [audience = '', rest = '']: string[], type: string) => {
  const part = partOf(rest)
  if (!part || part.type !== type || (part.kind === 'part' && !copied.has(part.name))) album.junk.push(key)
  else album.copies.set(audience, [...(album.copies.get(audience) ?? []), key])
}

const sortIn = (album: AlbumKeys, key: string, rest: string, type: string | undefined) => {
  const [, ...copy] = /^shown:([\w~]+):(.*)$/s.exec(rest) ?? []
  const part = partOf(rest)
  if (copy.length > 0) sortCopyIn(album, key, copy, type ?? '')
  else if (!part || part.type !== type) album.junk.push(key)
  else if (part.kind === 'photo') album.photos.push(part.name)
  else if (part.kind === 'tag') album.tags.push(part.name)
  else album.parts.add(part.name)
}

const none = (id: string): AlbumKeys => ({
  id,
  photos: [],
  tags: [],
  parts: new Set(),
  copies: new Map(),
  junk: [],
})

/** All keys of albums, by the id of the album that they name. Ids that are none have nothing but junk. */
export const keysByAlbum = async (session: Session): Promise<Map<string, AlbumKeys>> => {
  const { redis, keys } = session
  const start = keys.albumKeys('')
  const albums = new Map<string, AlbumKeys>()
  for await (const scanned of scanKeys(redis, `${start}*`))
    for (const part of chunksOf(scanned, pipelineSize)) {
      const types = await typesOf(session, part)
      for (const [i, key] of part.entries()) {
        const colon = key.indexOf(':', start.length)
        const named = key.slice(start.length, colon < 0 ? undefined : colon)
        const id = AlbumId.safeParse(named).success ? named : ''
        const album = albums.get(id) ?? none(id)
        albums.set(id, album)
        if (id === '' || colon < 0) album.junk.push(key)
        else sortIn(album, key, key.slice(colon + 1), types[i])
      }
    }
  return albums
}

/** Takes away what no Cimaise has written. */
export const checkJunk = async (
  { redis }: Session,
  { junk }: AlbumKeys,
  findings: Findings,
  repair: boolean,
) => {
  for (const key of junk) findings.note('keys that Cimaise has not written', key.slice(0, 200))
  if (repair) for (const part of chunksOf(junk, pipelineSize)) await redis.unlink(...part)
}
