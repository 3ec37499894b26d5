import { mayComment } from '../../shared/domain/access.ts'
import { maxCommentsEach } from '../../shared/schemas/comment.ts'
import { newName } from '../../shared/domain/random-ids.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import type { AccessRecord } from '../access/access-record.ts'
import type { Rights } from '../redis/acl/acl-rules.ts'
import type { Session } from '../gallery/session.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Connection } from '../redis/connection.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { pairsOf } from '../redis/pairs.ts'
import { scanKeys } from '../redis/scan-keys.ts'

/** Comments that go along with their photos in one call. */
const carriedPerCall = 500

/**
 * Notes of accounts in which albums they may comment, and their names for people. Once noted they stay: what they said stays
 * too when they may say no more. Administrators.
 */
export const noteCommenters = async (
  redis: Connection,
  keys: Keys,
  access: AccessRecord,
  accounts: Rights[],
): Promise<void> => {
  const byAlbum = new Map<string, string[]>()
  for (const { name, role, grants } of accounts) {
    if (role !== 'member') continue
    const displayName = access.accounts.get(name)?.record['displayName'] || name
    for (const [album, right] of grants)
      if (mayComment(right)) byAlbum.set(album, [...(byAlbum.get(album) ?? []), name, displayName])
  }
  for (const part of chunksOf([...byAlbum], 500)) {
    const noted = redis.pipeline()
    for (const [album, fields] of part) noted.hset(keys.commenters(album), ...fields)
    results(await noted.exec())
  }
}

/**
 * Puts what an account said out of reach of one that gets the same name one day: it stays under the name and a word of chance.
 * Administrators.
 */
export const keepSaid = async (redis: Connection, keys: Keys, name: string): Promise<void> => {
  for await (const part of scanKeys(redis, keys.pattern.saidBy(name)))
    for (const key of part) {
      const album = key.slice(keys.talk.length).split(':')[0] ?? ''
      if (key !== keys.comments(album, name)) continue
      const former = `${name}:${newName()}`
      const displayName = (await redis.hget(keys.commenters(album), name)) ?? name
      const kept = redis.multi().hset(keys.commenters(album), former, displayName)
      results(await kept.hdel(keys.commenters(album), name).rename(key, keys.comments(album, former)).exec())
    }
}

type Reader = Pick<Session, 'redis' | 'keys'>

/** What accounts said of photos, without the words: number and photo. */
const headsOf = async (redis: Connection, comments: string) => {
  const args = ['*', maxCommentsEach, 10_000, 50_000_000, 'heads']
  const [flat] = await callFunction(redis, 'read-comments', [comments], args)
  if (!Array.isArray(flat)) return []
  return pairsOf(flat).map(([number, head]) => ({ number, photo: head.split('\t')[0] ?? '' }))
}

/** Numbers of what an account said of some photos. */
const numbersOf = async (redis: Connection, comments: string, photos: Set<string>) =>
  (await headsOf(redis, comments)).flatMap(({ number, photo }) => (photos.has(photo) ? [number] : []))

/** Everybody who said something in an album. */
const writersIn = async ({ redis, keys }: Reader, album: string) => [
  ...new Set([album.split('~')[0] ?? '', ...Object.keys(await redis.hgetall(keys.commenters(album)))]),
]

/** The photos of which something was said in an album. Accounts that may read it. */
export const photosSpokenOf = async (reader: Reader, album: string): Promise<string[]> => {
  const photos = new Set<string>()
  for (const writer of await writersIn(reader, album))
    for (const { photo } of await headsOf(reader.redis, reader.keys.comments(album, writer)))
      if (photo !== '') photos.add(photo)
  return [...photos]
}

/** Takes what was said of photos along to the album that they were moved to. Administrators. */
export const carryComments = async (
  { redis, keys }: Reader,
  { from, to, photos }: { from: string; to: string; photos: string[] },
): Promise<void> => {
  const moved = new Set(photos)
  for (const writer of await writersIn({ redis, keys }, from)) {
    const comments = keys.comments(from, writer)
    const numbers = await numbersOf(redis, comments, moved)
    if (numbers.length === 0) continue
    const name = (await redis.hget(keys.commenters(from), writer)) ?? writer
    await redis.hset(keys.commenters(to), writer, name)
    const touched = [
      ...[comments, keys.comments(to, writer)],
      ...[keys.hiddenComments(from), keys.hiddenComments(to)],
      ...[keys.talkEvents(from), keys.talkEvents(to)],
    ]
    for (const part of chunksOf(numbers, carriedPerCall))
      await callFunction(redis, 'carry-comments', touched, [writer, maxCommentsEach, ...part])
  }
}

/** Removes what was said of photos that are gone for good. Administrators. */
export const forgetComments = async (
  { redis, keys }: Reader,
  album: string,
  photos: string[],
): Promise<void> => {
  const gone = new Set(photos)
  for (const writer of await writersIn({ redis, keys }, album)) {
    const numbers = await numbersOf(redis, keys.comments(album, writer), gone)
    for (const part of chunksOf(numbers, carriedPerCall))
      await redis.hdel(keys.comments(album, writer), ...part)
  }
}
