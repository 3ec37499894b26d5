import { mayComment } from '../../shared/domain/access.ts'
import { CommentWriter, maxCommentsEach } from '../../shared/schemas/comment.ts'
import { ShareName } from '../../shared/schemas/ids.ts'
import { newName } from '../../shared/domain/random-ids.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import type { AccessRecord } from '../access/access-record.ts'
import type { Rights } from '../redis/acl/acl-rules.ts'
import type { Session } from '../gallery/session.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Connection } from '../redis/connection.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { readHash } from '../redis/claims.ts'
import { pairsOf } from '../redis/pairs.ts'
import { scanKeys } from '../redis/scan-keys.ts'

/** Comments that go along with their photos in one call. */
const carriedPerCall = 500
/** Accounts whose comments are read in one call, so that Redis answers others in between. */
export const writersPerCall = 50
/** Of all photos; bytes of a comment, and of what is read of all together (read-comments.lua). */
const headLimits = ['*', maxCommentsEach, 10_000, 50_000_000, 'heads']

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
    if (role !== 'member' && role !== 'share') continue
    const { record } = access.accounts.get(name) ?? {}
    const displayName = record?.['displayName'] || (role === 'share' ? '' : name)
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
  if (isLink(name)) return // its name is one of chance, which no other link gets
  for await (const part of scanKeys(redis, keys.pattern.saidBy(name)))
    for (const key of part) {
      const album = key.slice(keys.talk.length).split(':')[0] ?? ''
      if (key !== keys.comments(album, name)) continue
      const former = `${name}:${newName()}`
      const displayName = (await redis.hget(keys.commenters(album), name)) ?? name
      const hidden = await hiddenOf({ redis, keys }, album, name)
      const kept = redis.multi().hset(keys.commenters(album), former, displayName)
      kept.hdel(keys.commenters(album), name).rename(key, keys.comments(album, former))
      for (const [number, by] of hidden)
        kept
          .hset(keys.hiddenComments(album), `${former}/${number}`, by)
          .hdel(keys.hiddenComments(album), `${name}/${number}`)
      results(await kept.xadd(keys.talkEvents(album), 'MAXLEN', '~', 1000, '*', 'photo', '').exec())
    }
}

/** The numbers of what an account said in an album and was hidden, with who hid each. */
const hiddenOf = async ({ redis, keys }: Reader, album: string, name: string) => {
  const heads = (await headsOf({ redis, keys }, album, [name])).get(name) ?? []
  const hidden: [number: string, by: string][] = []
  for (const part of chunksOf(heads, carriedPerCall)) {
    const limits = Object.fromEntries(part.map(({ number }) => [`${name}/${number}`, 64]))
    const found = await readHash(redis, keys.hiddenComments(album), limits)
    for (const [field, by] of Object.entries(found)) hidden.push([field.slice(name.length + 1), by ?? ''])
  }
  return hidden
}

/** Whether a writer is a share link, whose visitors say themselves what they are called. */
export const isLink = (writer: string): boolean => ShareName.safeParse(writer).success

type Reader = Pick<Session, 'redis' | 'keys'>

/**
 * Who may have written in an album, with their names: a fact, as administrators alone write it. Whoever made the album as
 * their own may comment without standing there.
 */
export const readWriters = async ({ redis, keys }: Reader, album: string): Promise<Map<string, string>> => {
  const [maker = ''] = album.split('~')
  const named = await redis.hgetall(keys.commenters(album))
  const writers = new Map([[maker, maker], ...Object.entries(named)])
  return new Map([...writers].filter(([writer]) => CommentWriter.safeParse(writer).success))
}

/** What somebody said in an album, without the words. */
interface Head {
  number: string
  /** Empty: of the album itself. */
  photo: string
}

/** What was said in an album by each of some accounts. */
const headsOf = async ({ redis, keys }: Reader, album: string, writers: Iterable<string>) => {
  const heads = new Map<string, Head[]>()
  for (const part of chunksOf([...writers], writersPerCall)) {
    const hashes = part.map((writer) => keys.comments(album, writer))
    const answers = await callFunction(redis, 'read-comments', hashes, headLimits)
    for (const [i, flat] of answers.entries())
      if (Array.isArray(flat))
        heads.set(
          part[i] ?? '',
          pairsOf(flat).map(([number, head]) => ({ number, photo: head.split('\t')[0] ?? '' })),
        )
  }
  return heads
}

/** Numbers of what was said of some photos. */
const numbersOf = (heads: Head[] | undefined, photos: Set<string>) =>
  (heads ?? []).flatMap(({ number, photo }) => (photos.has(photo) ? [number] : []))

/** The photos of which something was said in an album. Accounts that may read it. */
export const photosSpokenOf = async (reader: Reader, album: string): Promise<string[]> => {
  const writers = await readWriters(reader, album)
  const heads = [...(await headsOf(reader, album, writers.keys())).values()].flat()
  return [...new Set(heads.flatMap(({ photo }) => (photo === '' ? [] : [photo])))]
}

/** Takes what was said of photos along to the album that they were moved to. Administrators. */
export const carryComments = async (
  { redis, keys }: Reader,
  { from, to, photos }: { from: string; to: string; photos: string[] },
): Promise<void> => {
  const moved = new Set(photos)
  const writers = await readWriters({ redis, keys }, from)
  const heads = await headsOf({ redis, keys }, from, writers.keys())
  for (const [writer, name] of writers) {
    const numbers = numbersOf(heads.get(writer), moved)
    if (numbers.length === 0) continue
    await redis.hset(keys.commenters(to), writer, name)
    const touched = [
      ...[keys.comments(from, writer), keys.comments(to, writer)],
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
  const writers = await readWriters({ redis, keys }, album)
  for (const [writer, heads] of await headsOf({ redis, keys }, album, writers.keys()))
    for (const part of chunksOf(numbersOf(heads, gone), carriedPerCall))
      await redis.hdel(keys.comments(album, writer), ...part)
}
