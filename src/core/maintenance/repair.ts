import { chunksOf } from '../../shared/domain/chunks.ts'
import { leadOf, repairedStacks } from './check-stacks.ts'
import { timeOf } from '../photos/photo-dates.ts'
import { results } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { expectedTags, type AlbumState } from './check-album.ts'

/** Commands in one transaction, so that Redis answers others in between. */
const pipelineSize = 500

type Command = [name: string, ...args: (string | number)[]]

/** Where each photo of an album belongs by its own record. A photo without a record is nowhere. */
const repairedLists = (album: AlbumState): AlbumState => {
  const [photos, trash, behind] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ]
  for (const [id, record] of album.records) {
    if (leadOf(album.records, id) !== null) behind.set(id, timeOf(record))
    else if (record['trashed']) trash.set(id, Number(record['trashed']) || Date.now())
    else photos.set(id, timeOf(record))
  }
  return { ...album, photos, trash, behind }
}

const sortedSet = (key: string, members: Map<string, number>): Command[] =>
  [...members].map(([member, score]) => ['zadd', key, score, member])

const fieldsSet = (key: string, fields: Partial<Record<string, string>>): Command[] =>
  Object.entries(fields).map(([name, text]) => (text ? ['hset', key, name, text] : ['hdel', key, name]))

/** Rebuilds every index of an album from its photos' records, which are what counts. */
export const repairAlbum = async (session: Session, before: AlbumState): Promise<void> => {
  const { redis, keys } = session
  const album = repairedLists(before)
  const { counts, index } = expectedTags(album)
  const { id } = album
  const stale = [
    ...[keys.albumPhotos(id), keys.albumTrash(id), keys.albumBehind(id)],
    ...[keys.albumTags(id), keys.albumTagNames(id)],
  ]
  const old = [...before.index.keys()].map((tag) => keys.albumTag(id, tag))
  const commands: Command[] = [
    ...[...stale, ...old].map((key): Command => ['del', key]),
    ...sortedSet(keys.albumPhotos(id), album.photos),
    ...sortedSet(keys.albumTrash(id), album.trash),
    ...sortedSet(keys.albumBehind(id), album.behind),
    ...[...repairedStacks(album.records)].flatMap(([photo, fields]) =>
      fieldsSet(keys.photo(id, photo), fields),
    ),
    ...sortedSet(keys.albumTags(id), counts),
    ...[...index].flatMap(([tag, members]) => sortedSet(keys.albumTag(id, tag), members)),
    ...[...index.keys()].map((tag): Command => [
      'hset',
      keys.albumTagNames(id),
      tag,
      before.tagNames[tag] || tag,
    ]),
    ['xadd', keys.albumEvents(id), 'MAXLEN', '~', 1000, '*', 'what', 'repaired', 'by', ''],
  ]
  for (const part of chunksOf(commands, pipelineSize)) {
    const asked = redis.pipeline(part.map((command) => command.map(String)))
    results(await asked.exec())
  }
}
