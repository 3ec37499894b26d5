import { branchesOf } from '../../shared/tags.ts'
import { tagsOf, timeOf, type PhotoRecord } from '../record.ts'
import { results } from '../redis/errors.ts'
import type { Session } from '../session.ts'
import type { Findings } from './findings.ts'

/** An album as its keys have it. */
export interface AlbumState {
  id: string
  photos: Map<string, number>
  trash: Map<string, number>
  records: Map<string, PhotoRecord>
  tags: Map<string, number>
  tagNames: Record<string, string>
  /** Tag, folded -> photo -> score. */
  index: Map<string, Map<string, number>>
}

/** Commands in one pipeline, so that Redis answers others in between. */
const chunk = 1000

const scored = (reply: unknown[]): Map<string, number> => {
  const flat = reply.flat() as string[] // RESP3 answers in pairs, RESP2 in one row
  return new Map(
    Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? '', Number(flat[2 * i + 1])]),
  )
}

const readSet = async ({ redis }: Session, key: string) =>
  scored((await redis.zrange(key, 0, '-1', 'WITHSCORES')) as unknown[])

/** Reads all of an album; `keys` are those that it has. */
export const readAlbum = async (
  session: Session,
  id: string,
  own: readonly string[],
): Promise<AlbumState> => {
  const { redis, keys } = session
  const [photoStem, tagStem] = [keys.photo(id), keys.albumTag(id)]
  const records = new Map<string, PhotoRecord>()
  const named = own.filter((key) => key.startsWith(photoStem)).map((key) => key.slice(photoStem.length))
  for (let start = 0; start < named.length; start += chunk) {
    const part = named.slice(start, start + chunk)
    const asked = redis.pipeline()
    for (const photo of part) asked.hgetall(keys.photo(id, photo))
    results<PhotoRecord>(await asked.exec()).forEach((record, i) => {
      if (Object.keys(record).length > 0) records.set(part[i] ?? '', record)
    })
  }
  const index = new Map<string, Map<string, number>>()
  for (const key of own)
    if (key.startsWith(tagStem)) index.set(key.slice(tagStem.length), await readSet(session, key))
  return {
    id,
    photos: await readSet(session, keys.albumPhotos(id)),
    trash: await readSet(session, keys.albumTrash(id)),
    records,
    tags: await readSet(session, keys.albumTags(id)),
    tagNames: await redis.hgetall(keys.albumTagNames(id)),
    index,
  }
}

/** What the tags' index has to be, from the records alone. */
export const expectedTags = ({ photos, records }: AlbumState) => {
  const counts = new Map<string, number>()
  const index = new Map<string, Map<string, number>>()
  for (const [id] of photos) {
    const record = records.get(id)
    if (!record) continue
    const tags = tagsOf(record)
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    for (const tag of new Set(tags.flatMap(branchesOf))) {
      const members = index.get(tag) ?? new Map<string, number>()
      index.set(tag, members.set(id, timeOf(record)))
    }
  }
  return { counts, index }
}

const differences = (a: Map<string, number>, b: Map<string, number>) =>
  [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key))

const checkPlaces = ({ id, photos, trash, records }: AlbumState, findings: Findings) => {
  for (const [photo, score] of photos) {
    const record = records.get(photo)
    if (!record) findings.note('photos without a record', `${id}/${photo}`)
    else if (timeOf(record) !== score) findings.note('photos at a wrong time', `${id}/${photo}`)
    if (record?.['trashed']) findings.note('photos that hang although they were removed', `${id}/${photo}`)
    if (trash.has(photo)) findings.note('photos both in an album and in its trash', `${id}/${photo}`)
  }
  for (const photo of trash.keys()) {
    const record = records.get(photo)
    if (!record) findings.note('photos without a record', `${id}/${photo}`)
    else if (!record['trashed']) findings.note('photos in the trash that nobody removed', `${id}/${photo}`)
  }
  for (const photo of records.keys())
    if (!photos.has(photo) && !trash.has(photo)) findings.note('records without a place', `${id}/${photo}`)
}

/** Tells what in an album does not hold together. */
export const checkAlbum = (album: AlbumState, findings: Findings) => {
  checkPlaces(album, findings)
  const { counts, index } = expectedTags(album)
  for (const tag of differences(counts, album.tags))
    findings.note('tags with a wrong count', `${album.id} ${tag}`)
  for (const tag of new Set([...index.keys(), ...album.index.keys()])) {
    const wrong = differences(index.get(tag) ?? new Map(), album.index.get(tag) ?? new Map())
    for (const photo of wrong) findings.note('tags that find the wrong photos', `${album.id} ${tag} ${photo}`)
  }
  for (const tag of index.keys())
    if (!album.tagNames[tag]) findings.note('tags without a name', `${album.id} ${tag}`)
  for (const tag of Object.keys(album.tagNames))
    if (!index.has(tag)) findings.note('names of tags that nothing carries', `${album.id} ${tag}`)
}
