import { chunksOf } from '../../shared/domain/chunks.ts'
import { foldTag } from '../../shared/domain/tags.ts'
import { basename } from 'node:path'
import { hasCode } from '../../shared/errors.ts'
import { onRedis } from '../redis/errors.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Session } from '../gallery/session.ts'
import { newPhotoId } from '../gallery/ids.ts'
import { thumbLifeSeconds } from '../thumbnails/collect-thumbnails.ts'
import { isFirst } from './first-digest.ts'
import { fetchEntry, locate } from './locate-photo.ts'
import { onlyState, type FileState } from './file-identity.ts'
import { atHand, encodeEntry, parkedPath, readerVersion, type Entry, type FailedFile } from './file-index.ts'
import type { ReadPhoto } from './decode/read-photo.ts'

/** Fields that come from what a file and its sidecars tell. */
export const toldFields = [
  'orientation',
  'taken',
  'guessed',
  'named',
  'creator',
  'copyright',
  'camera',
  'lens',
  'aperture',
  'exposure',
  'iso',
  'focal',
  'lat',
  'lon',
  'alt',
]

/** Fields that come from the file's content: a changed file that does not tell of one no longer has it. */
const contentFields = [
  ...toldFields,
  'type',
  'width',
  'height',
  'placeholder',
  'damage',
  'duration',
  'codecs',
  'drawn',
  'film',
]

export interface NewPhoto {
  path: string
  read: ReadPhoto
}

/** What an entry says of a photo that is written as it was read. */
export const asRead = ({ read: { bytes: size, mtime, ctime, ino, beside, digest, live } }: NewPhoto) => ({
  ...onlyState({ size, mtime, ctime, ino, beside }),
  digest,
  live,
  reader: readerVersion,
})

/** What a photo's hash says of its file, where it lies and what is in it. */
const fieldsOf = ({ path, read }: NewPhoto, host: string): Record<string, string> => ({
  name: basename(path),
  host,
  path,
  digest: read.digest,
  bytes: String(read.bytes),
  mtime: String(read.mtime),
  thumb: read.thumbName,
  ...read.fields,
})

/** What a file says, as the functions of Redis take it (includes/said.lua). */
export const saidArgs = ({ said }: Pick<ReadPhoto, 'said'>): string[] => [
  ...[said.title, said.caption, said.rating, said.flag, said.label],
  said.tags.map(foldTag).join('\n'),
  said.tags.join('\n'),
]

/** The small picture of a first look goes by itself, in seconds; where it is needed for longer it is made anew. */
const firstThumbLifeSeconds = 6 * 60 * 60

/** Thumbnails go first: a photo never points to one that is not there. Their names make writing twice harmless. */
export const writeThumbs = ({ redis, keys }: Session, photos: NewPhoto[]) =>
  onRedis(() =>
    Promise.all(
      photos.map(({ read: { digest, thumb, thumbName } }) => {
        const [key, bytes] = [keys.thumb(thumbName), Buffer.from(thumb)]
        return isFirst(digest)
          ? redis.set(key, bytes, 'EX', firstThumbLifeSeconds, 'NX')
          : redis.set(key, bytes, 'EX', thumbLifeSeconds)
      }),
    ),
  )

/**
 * Adds photos to an album in one step, and returns the entries of their paths: a path that another process took in
 * meanwhile keeps what that one made of it. Throws NOT_FOUND where the album is gone.
 */
export const addPhotos = async (
  session: Session,
  album: string,
  photos: NewPhoto[],
): Promise<Map<string, Entry>> => {
  const { keys, account, host } = session
  await writeThumbs(session, photos)
  const added = new Date().toISOString()
  const rows = photos.map((photo) => {
    const entry: Entry = { photo: newPhotoId(), album, ...asRead(photo), missing: false }
    return { ...photo, entry, fields: Object.entries({ ...fieldsOf(photo, host), added }) }
  })
  const shared = [keys.albumInfo(album), keys.albumPhotos(album), keys.albumEvents(album)]
  const own = [keys.library(account, host), keys.failures(account, host)]
  const touched = [
    keys.acts(account),
    ...shared,
    ...own,
    ...[keys.albumTag(album), keys.albumTags(album), keys.albumTagNames(album)],
    ...rows.map(({ entry }) => keys.photo(album, entry.photo)),
  ]
  const args = rows.flatMap(({ path, read, entry, fields }) => [
    entry.photo,
    path,
    read.time,
    encodeEntry(entry),
    fields.length,
    ...fields.flat(),
    ...saidArgs(read),
  ])
  const ids = new Set(await callFunction(session.redis, 'add-photos', touched, [account, ...args]))
  const entries = new Map<string, Entry>()
  for (const { path, entry } of rows) {
    const there = ids.has(entry.photo) ? entry : await fetchEntry(session, path)
    if (there) entries.set(path, there)
  }
  return entries
}

interface Change {
  what: 'changed' | 'reread' | 'missing' | 'found'
  from: string
  to: string
  entry: Entry
  /** Milliseconds since 1970; null leaves the photo's place in its album. */
  time: number | null
  set: Record<string, string>
  /** What the file says now, as saidArgs gives it; null where it was not read. */
  said: string[] | null
  remove: string[]
}

/** What was read of a file, as the functions of Redis take it (includes/follow.lua). */
const readArgs = ({ set, said, remove }: Pick<Change, 'set' | 'said' | 'remove'>) => {
  const fields = Object.entries(set)
  return [...[fields.length, ...fields.flat()], ...(said ? [1, ...said] : [0]), ...[remove.length, ...remove]]
}

/** What a photo that has this content is to have, and to have no longer. */
export const completionArgs = (photo: NewPhoto, entry: Entry, host: string) => [
  ...[entry.photo, photo.path, encodeEntry(entry), photo.read.time],
  ...readArgs(contentOf(photo, host)),
]

const contentOf = (photo: NewPhoto, host: string) => {
  const set = fieldsOf(photo, host)
  const remove = [...contentFields.filter((name) => !(name in set)), 'missing']
  return { set, remove, said: saidArgs(photo.read) }
}

/** Changes a photo where it is now. Returns its entry, or null where it was removed from the gallery. */
const change = async (session: Session, asked: Change): Promise<Entry | null> =>
  (await changeTelling(session, asked))?.entry ?? null

/** The same, and whether anything about the photo is other than it was. */
export const changeTelling = async (
  session: Session,
  { what, from, to, entry, time, set, said, remove }: Change,
): Promise<{ entry: Entry; differs: boolean } | null> => {
  const { keys, account, host } = session
  const album = await locate(session, entry)
  if (!album) return null
  const next = { ...atHand(entry), album, missing: entry.missing }
  const photo = [keys.photo(album, entry.photo), keys.albumPhotos(album), keys.albumEvents(album)]
  const own = [keys.library(account, host), keys.failures(account, host)]
  const tags = [keys.albumTag(album), keys.albumTags(album), keys.albumTagNames(album)]
  const stacks = [keys.albumBehind(album), keys.albumInfo(album)]
  const touched = [keys.acts(account), ...photo, ...own, ...tags, ...stacks]
  const args = [
    entry.photo,
    account,
    what,
    from,
    to,
    encodeEntry(next),
    time ?? '',
    ...readArgs({ set, said, remove }),
  ]
  try {
    const differs = await callFunction(session.redis, 'update-photo', touched, args)
    return { entry: next, differs: differs === 1 }
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND')) return null
    throw error
  }
}

/**
 * The file of a photo has new content: the photo stays, with all that users entered. `reader`: the version of what read it; 0 where
 * more tells of it than was asked, its sidecars or its name, so that it is read for that when it is met.
 */
export const changePhoto = async (
  session: Session,
  known: Entry,
  photo: NewPhoto,
  reader = readerVersion,
): Promise<Entry | null> => {
  await writeThumbs(session, [photo])
  const { read, path } = photo
  const entry = { ...known, ...asRead(photo), reader, missing: false }
  const content = contentOf(photo, session.host)
  return change(session, { what: 'changed', from: path, to: path, entry, time: read.time, ...content })
}

/** The file of a photo lies elsewhere now, or is back: the photo stays in its album. */
export const relocatePhoto = (session: Session, known: Entry, from: string, to: string, file: FileState) =>
  change(session, {
    what: 'found',
    from,
    to,
    entry: { ...known, ...file, missing: false },
    time: null,
    set: { name: basename(to), path: to, host: session.host, mtime: String(file.mtime) },
    said: null,
    remove: ['missing'],
  })

/** The file of a photo has gone. The photo stays, marked as missing. */
export const markMissing = (session: Session, known: Entry, path: string) =>
  change(session, {
    what: 'missing',
    from: path,
    to: path,
    entry: { ...known, missing: true },
    time: null,
    set: { missing: new Date().toISOString() },
    said: null,
    remove: [],
  })

/** Another photo's content has taken the path of a photo: it is kept apart, missing, until its own is found. */
export const parkPhoto = (session: Session, known: Entry, path: string) =>
  change(session, {
    what: 'missing',
    from: path,
    to: parkedPath(path, known.photo),
    entry: { ...known, missing: true },
    time: null,
    set: { missing: new Date().toISOString() },
    said: null,
    remove: [],
  })

/** Forgets what was taken in from a path. */
export const forgetEntry = ({ redis, keys, account, host }: Session, path: string) =>
  onRedis(() => redis.hdel(keys.library(account, host), path))

/** Notes that the file is known as it is now, without a change to its photo. */
export const noteEntry = ({ redis, keys, account, host }: Session, path: string, entry: Entry) =>
  onRedis(() => redis.hset(keys.library(account, host), path, encodeEntry(entry)))

/** Entries written in one command. */
const entriesAtOnce = 500

/** Notes many of them. */
export const noteEntries = async (
  { redis, keys, account, host }: Session,
  entries: Map<string, Entry>,
): Promise<void> => {
  const fields = [...entries].map(([path, entry]) => [path, encodeEntry(entry)] as const)
  for (const part of chunksOf(fields, entriesAtOnce))
    await onRedis(() => redis.hset(keys.library(account, host), ...part.flat()))
}

/** Notes a file that could not be read, so that it is not read again before it changes. */
export const noteFailure = ({ redis, keys, account, host }: Session, path: string, failure: FailedFile) =>
  onRedis(() => redis.hset(keys.failures(account, host), path, JSON.stringify(failure)))

export const forgetFailure = ({ redis, keys, account, host }: Session, path: string) =>
  onRedis(() => redis.hdel(keys.failures(account, host), path))
