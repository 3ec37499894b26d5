import { onRedis } from '../../redis/errors.ts'
import { callFunction } from '../../redis/call-function.ts'
import type { Session } from '../../gallery/session.ts'
import { isFirst } from '../index/first-digest.ts'
import { atHand, encodeEntry, type Entry } from '../index/file-index.ts'
import { fetchEntry, locate, locateAll } from '../recognition/locate-photo.ts'
import { noteEntry } from '../index/index-writer.ts'
import { asRead, completionArgs, type NewPhoto } from './photo-fields.ts'
import { writeThumbs } from './photo-writer.ts'

/** A photo that a first look added, and what its file turned out to hold. */
export interface Completion {
  photo: NewPhoto
  /** Its entry of the file index, as it was then. */
  known: Entry
}

interface Placed extends Completion {
  next: Entry
}

/** Those of one album; returns the ids of those that are complete. */
const completeIn = async (session: Session, album: string, photos: Placed[]): Promise<string[]> => {
  const { redis, keys, account, host } = session
  const touched = [
    ...[keys.acts(account), keys.albumPhotos(album), keys.albumEvents(album), keys.library(account, host)],
    ...[keys.photo(album), keys.albumTag(album), keys.albumTags(album), keys.albumTagNames(album)],
    keys.albumBehind(album),
  ]
  const args = photos.flatMap(({ photo, next }) => {
    const own = completionArgs(photo, next, host)
    return [own.length, ...own]
  })
  return callFunction(redis, 'complete-photos', touched, [account, ...args])
}

/**
 * Completes photos that first looks added, where they are now, in one step for each album. What users entered meanwhile stays.
 * Returns the entries of their paths: where another process was at work on one, what that one made of it.
 */
export const completePhotos = async (
  session: Session,
  completions: Completion[],
): Promise<Map<string, Entry>> => {
  await writeThumbs(
    session,
    completions.map(({ photo }) => photo),
  )
  const albums = await locateAll(
    session,
    completions.map(({ known }) => known),
  )
  const placed = completions.map((one, i) => {
    const album = albums[i] ?? null
    const next = { ...atHand(one.known), ...asRead(one.photo), album: album ?? one.known.album }
    return { ...one, album, next }
  })
  const done = new Set<string>()
  for (const [album, photos] of Map.groupBy(placed, (one) => one.album))
    if (album !== null) for (const id of await completeIn(session, album, photos)) done.add(id)
  const entries = new Map<string, Entry>()
  for (const { album, next, photo } of placed) {
    const { path } = photo
    // The photo of a file that a user removed is known by its content, and stays out.
    if (album === null) await noteEntry(session, path, next)
    const entry = album === null || done.has(next.photo) ? next : await fetchEntry(session, path)
    if (entry) entries.set(path, entry)
  }
  return entries
}

/**
 * Takes the photo of a first look away again, as its file holds no picture. False where it has to stay: users put it into a stack
 * or the trash, or another process was at work on it.
 */
export const withdrawPhoto = async (session: Session, path: string, entry: Entry): Promise<boolean> => {
  const { redis, keys, account, host } = session
  const album = isFirst(entry.digest) && !entry.missing ? await locate(session, entry) : null
  if (album === null) return false
  const touched = [
    ...[keys.acts(account), keys.albumPhotos(album), keys.albumEvents(album), keys.library(account, host)],
    ...[
      keys.photo(album, entry.photo),
      keys.albumTag(album),
      keys.albumTags(album),
      keys.albumTagNames(album),
    ],
  ]
  const args = [account, entry.photo, path, encodeEntry(entry)]
  return (await onRedis(() => callFunction(redis, 'withdraw-photo', touched, args))) === 1
}
