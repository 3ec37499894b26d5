import { branchesOf } from '../../shared/domain/tags.ts'
import { isAtTime, timeOf } from '../photos/photo-dates.ts'
import { tagsOf, type PhotoRecord } from '../photos/photo-record.ts'
import { checkStacks } from './check-stacks.ts'
import { pairsOf } from '../redis/pairs.ts'
import { readHashes, readWholeSets, toRecord, type ScoredId } from '../redis/claims.ts'
import type { Session } from '../gallery/session.ts'
import type { AlbumKeys } from './album-keys.ts'
import type { Findings } from './findings.ts'

/** An album as its keys have it. */
export interface AlbumState {
  id: string
  photos: Map<string, number>
  trash: Map<string, number>
  behind: Map<string, number>
  records: Map<string, PhotoRecord>
  tags: Map<string, number>
  tagNames: Record<string, string>
  /** Tag, folded -> photo -> score. */
  index: Map<string, Map<string, number>>
}

/** Bytes of how a tag is written. */
const maxTagBytes = 400

const toMap = (listed: ScoredId[]) => {
  const known = listed.flatMap(({ id, score }) => (id === null ? [] : [[id, score] as const]))
  return { members: new Map(known), strangers: listed.length - known.length }
}

/** The sorted sets of photos of an album; members that are no photo ids are noted, and gone after a repair. */
const readSets = async ({ redis }: Session, id: string, sets: string[], findings: Findings) =>
  (await readWholeSets(redis, sets)).map((listed, i) => {
    const { members, strangers } = toMap(listed)
    if (strangers > 0) findings.note('entries that are no photos', `${id} ${sets[i] ?? ''}`, strangers)
    return members
  })

/** How many photos carry each tag, as the album says. */
const readCounts = async ({ redis, keys }: Session, id: string): Promise<Map<string, number>> => {
  const flat = (
    (await redis.zrange(keys.albumTags(id), 0, '-1', 'WITHSCORES')) as unknown[]
  ).flat() as string[] // RESP3 answers in pairs, RESP2 in one row
  return new Map(pairsOf(flat).map(([tag, photos]) => [tag, Number(photos)]))
}

/** How the album writes its tags: folded → as it is written. */
export const readTagNames = async ({ redis, keys }: Session, id: string): Promise<Record<string, string>> => {
  const tags = await redis.hkeys(keys.albumTagNames(id))
  const limits = Object.fromEntries(tags.map((tag) => [tag, maxTagBytes]))
  const [row] = tags.length > 0 ? await readHashes(redis, [keys.albumTagNames(id)], limits) : []
  const names = toRecord(Object.keys(limits), row ?? [])
  return Object.fromEntries(tags.map((tag) => [tag, names[tag] ?? '']))
}

/** Reads the indexes of an album; its records are read already. */
export const readAlbum = async (
  session: Session,
  { id, tags, parts }: AlbumKeys,
  records: Map<string, PhotoRecord>,
  findings: Findings,
): Promise<AlbumState> => {
  const { keys } = session
  const sets = [
    ...[keys.albumPhotos(id), keys.albumTrash(id), keys.albumBehind(id)],
    ...tags.map((tag) => keys.albumTag(id, tag)),
  ]
  const none = () => new Map<string, number>()
  const [photos = none(), trash = none(), behind = none(), ...tagged] = await readSets(
    session,
    id,
    sets,
    findings,
  )
  return {
    id,
    photos,
    trash,
    behind,
    records,
    tags: parts.has('tags') ? await readCounts(session, id) : new Map<string, number>(),
    tagNames: parts.has('tagnames') ? await readTagNames(session, id) : {},
    index: new Map(tags.map((tag, i) => [tag, tagged[i] ?? new Map<string, number>()])),
  }
}

/** What the tags' index has to be, from the records alone. */
export const expectedTags = ({ photos, records }: AlbumState) => {
  const counts = new Map<string, number>()
  const index = new Map<string, Map<string, number>>()
  for (const [id, score] of photos) {
    const record = records.get(id)
    if (!record) continue
    const tags = tagsOf(record)
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    for (const tag of new Set(tags.flatMap(branchesOf))) {
      const members = index.get(tag) ?? new Map<string, number>()
      index.set(tag, members.set(id, isAtTime(record, score) ? score : timeOf(record)))
    }
  }
  return { counts, index }
}

const differences = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>) =>
  [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key))

const checkLists = ({ id, photos, trash, behind, records }: AlbumState, findings: Findings) => {
  for (const [photo, score] of photos) {
    const record = records.get(photo)
    if (!record) findings.note('photos without a record', `${id}/${photo}`)
    else if (!isAtTime(record, score)) findings.note('photos at a wrong time', `${id}/${photo}`)
    if (record?.['trashed']) findings.note('photos that hang although they were removed', `${id}/${photo}`)
    if (trash.has(photo)) findings.note('photos both in an album and in its trash', `${id}/${photo}`)
  }
  for (const photo of trash.keys()) {
    const record = records.get(photo)
    if (!record) findings.note('photos without a record', `${id}/${photo}`)
    else if (!record['trashed']) findings.note('photos in the trash that nobody removed', `${id}/${photo}`)
  }
  for (const photo of records.keys())
    if (!photos.has(photo) && !trash.has(photo) && !behind.has(photo))
      findings.note('records without a place', `${id}/${photo}`)
}

const none: ReadonlyMap<string, number> = new Map()

/** Tells what in an album does not hold together. */
export const checkAlbum = (album: AlbumState, findings: Findings) => {
  checkLists(album, findings)
  checkStacks(album, findings)
  const { counts, index } = expectedTags(album)
  for (const tag of differences(counts, album.tags))
    findings.note('tags with a wrong count', `${album.id} ${tag}`)
  for (const tag of new Set([...index.keys(), ...album.index.keys()])) {
    const wrong = differences(index.get(tag) ?? none, album.index.get(tag) ?? none)
    for (const photo of wrong) findings.note('tags that find the wrong photos', `${album.id} ${tag} ${photo}`)
  }
  for (const tag of index.keys())
    if (!album.tagNames[tag]) findings.note('tags without a name', `${album.id} ${tag}`)
  for (const tag of Object.keys(album.tagNames))
    if (!index.has(tag)) findings.note('names of tags that nothing carries', `${album.id} ${tag}`)
}
