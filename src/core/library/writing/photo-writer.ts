import { basename } from 'node:path'
import { hasCode } from '../../../shared/errors.ts'
import { newPhotoId } from '../../gallery/ids.ts'
import type { Session } from '../../gallery/session.ts'
import { callFunction } from '../../redis/call-function.ts'
import { onRedis } from '../../redis/errors.ts'
import { thumbLifeSeconds } from '../../thumbnails/collect-thumbnails.ts'
import type { FileState } from '../index/file-identity.ts'
import { atHand, encodeEntry, parkedPath, readerVersion, type Entry } from '../index/file-index.ts'
import { isFirst } from '../index/first-digest.ts'
import { fetchEntry, locate } from '../recognition/locate-photo.ts'
import { asRead, contentOf, fieldsOf, readArgs, saidArgs, type NewPhoto } from './photo-fields.ts'

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
  const added = String(Date.now())
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
