import { maxCommentLength } from '../../shared/domain/limits.ts'
import { maxVisitorName } from '../../shared/domain/visitor-answers.ts'
import { GalleryError } from '../../shared/errors.ts'
import {
  maxCommentsEach,
  maxVisitorComments,
  maxVisitorCommentsEachMinute,
  type Comment,
  type CommentCount,
  type CommentRef,
  type Spot,
} from '../../shared/schemas/comment.ts'
import { PhotoId } from '../../shared/schemas/ids.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { isLink, readWriters, writersPerCall } from './commenters.ts'
import { visibleAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { readShared } from '../photos/shared-reader.ts'
import { line, lines, moment, number, whole } from '../photos/field-values.ts'
import { callFunction } from '../redis/call-function.ts'
import { isDamaged, readHash } from '../redis/claims.ts'
import { isWrongType, onRedis } from '../redis/errors.ts'
import { pairsOf } from '../redis/pairs.ts'

/** Bytes of a comment: four for a character, and what stands before the text. */
const maxBytes = 4 * (maxCommentLength + maxVisitorName) + 200
/** Bytes that are read at once of what was said in an album: beyond that, comments are left out. */
const maxBytesRead = 8_000_000
/** Fields of a hash that are asked for in one call. */
const fieldsPerCall = 500

interface Found {
  writer: string
  number: number
  /**
   * `photo ⇥ written ⇥ changed ⇥ place ⇥ text` (write-comment.lua): what an account wrote, perhaps by hand. The visitors of a link
   * write their name and a tab before the text.
   */
  parts: string[]
}

const hiddenField = ({ writer, number }: Pick<Found, 'writer' | 'number'>) => `${writer}/${number}`

/**
 * What accounts said of a photo, of the album itself (`''`) or of all (`*`). A script asks Redis for each comment, which takes an
 * account of thousands of rights long: the callers have shown by reading the writers that they may.
 */
const readFound = async (
  session: Session,
  album: string,
  { writers, photo, heads = false }: { writers: string[]; photo: string; heads?: boolean },
): Promise<Found[]> => {
  const { keys } = session
  const found: Found[] = []
  for (const part of chunksOf(writers, writersPerCall)) {
    const hashes = part.map((writer) => keys.comments(album, writer))
    const args = [photo, maxCommentsEach, maxBytes, maxBytesRead, heads ? 'heads' : '']
    const read = ({ redis }: Pick<Session, 'redis'>) => callFunction(redis, 'read-comments', hashes, args)
    // Visitors have shown no right yet.
    const answers = session.identity.share ? await read(session) : await readShared(session, read)
    for (const [i, flat] of answers.entries()) {
      if (isDamaged(flat) || flat === 0) continue
      const writer = part[i] ?? ''
      for (const [of, comment] of pairsOf(flat))
        if (!isLink(writer) || Number(of) <= maxVisitorComments)
          found.push({ writer, number: Number(of), parts: comment.split('\t') })
    }
  }
  return found
}

/** Which of some comments are hidden: a claim of those who may modify the album. */
const readHidden = async ({ redis, keys }: Session, album: string, found: Found[]): Promise<Set<string>> => {
  const hidden = new Set<string>()
  for (const part of chunksOf(found.map(hiddenField), fieldsPerCall)) {
    const limits = Object.fromEntries(part.map((field) => [field, 64]))
    for (const field of Object.keys(await readHash(redis, keys.hiddenComments(album), limits)))
      hidden.add(field)
  }
  return hidden
}

const isPhoto = (text: string) => PhotoId.safeParse(text).success

const toSpot = (text = ''): Spot | null => {
  const [x, y] = text.split(' ').map((part) => number(part, 0, 1))
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : null
}

/** A comment as it stands in Redis (write-comment.lua). */
export const storedComment = ({
  photo,
  at,
  changedAt,
  spot,
  text,
  name,
  visitor,
}: Pick<Comment, 'photo' | 'at' | 'changedAt' | 'spot' | 'text' | 'name' | 'visitor'>): string =>
  [
    ...[photo ?? '', inMicroseconds(at), changedAt ? inMicroseconds(changedAt) : '', toPlace(spot)],
    ...(visitor === null ? [text] : [name, text]),
  ].join('\t')

const inMicroseconds = (iso: string) => String(1000 * Date.parse(iso))

const toPlace = (spot: Spot | null) => (spot ? `${spot.x.toFixed(4)} ${spot.y.toFixed(4)}` : '')

/** When it was written, in microseconds since 1970; 0 for what is no time. */
const writtenAt = ({ parts }: Found) => whole(parts[1])

/** ISO 8601 of microseconds since 1970. */
const inMs = (text: string | undefined) => moment(text && String(Number(text) / 1000))

const toComment = (
  { account }: Session,
  { writer, number: of, parts }: Found,
  name: string,
  hidden: boolean,
): Comment => {
  const [photo = '', written, changed, place, ...said] = parts
  const visitor = isLink(writer)
  const [named = '', ...text] = visitor ? said : [name, ...said]
  return {
    writer,
    number: of,
    photo: isPhoto(photo) ? photo : null,
    name: line(named).slice(0, visitor ? maxVisitorName : 100),
    visitor: visitor ? line(name).slice(0, 100) : null,
    former: writer.includes(':'),
    own: writer === account,
    text: lines(text.join('\t')).slice(0, maxCommentLength),
    spot: toSpot(place),
    at: inMs(written) ?? new Date(0).toISOString(),
    changedAt: inMs(changed),
    hidden,
  }
}

/** The comments that the caller is shown: hidden ones are for who may modify the album, and for their writers. */
const shownTo = async (session: Session, album: string, found: Found[]) => {
  const hidden = await readHidden(session, album, found)
  const seesAll = hidden.size > 0 && (await visibleAlbums(session)).get(album) === 'modify'
  return found
    .map((one) => ({ one, hidden: hidden.has(hiddenField(one)) }))
    .filter(({ one, hidden: isHidden }) => !isHidden || seesAll || one.writer === session.account)
}

/**
 * What was said of a photo, or of the album itself (null), the first one first. Who wrote it is certain, as each account writes to
 * a key of its own; the rest is what that account says. FORBIDDEN for guests, links and who may not read the album.
 */
export const listComments = (session: Session, album: string, photo: string | null): Promise<Comment[]> =>
  listOf(session, album, photo ?? '')

/** What was said in an album, of all its photos and of itself, in the order of `listComments`. */
export const listAllComments = (session: Session, album: string): Promise<Comment[]> =>
  listOf(session, album, '*')

/** Visitors of a link read what was said by it, and not what accounts say among themselves. */
const writersFor = (session: Session, album: string) =>
  session.identity.share ? new Map([[session.account, '']]) : readWriters(session, album)

/** `photo`: as in `readFound`. */
const listOf = (session: Session, album: string, photo: string) =>
  onRedis(async () => {
    const writers = await writersFor(session, album)
    const found = await readFound(session, album, { writers: [...writers.keys()], photo })
    return (await shownTo(session, album, found))
      .sort((a, b) => writtenAt(a.one) - writtenAt(b.one) || a.one.number - b.one.number)
      .map(({ one, hidden }) => toComment(session, one, writers.get(one.writer) ?? one.writer, hidden))
  })

const seenField = (album: string, photo: string) => `${album}/${photo}`

/** Until when the caller has read what was said of photos of an album (`''`: of itself), in microseconds since 1970. */
const readSeen = async ({ redis, keys, account }: Session, album: string, photos: string[]) => {
  const seen = new Map<string, number>()
  for (const part of chunksOf(photos, fieldsPerCall)) {
    const limits = Object.fromEntries(part.map((photo) => [seenField(album, photo), 32]))
    const known = await readHash(redis, keys.seenComments(account), limits)
    for (const photo of part) seen.set(photo, whole(known[seenField(album, photo)]))
  }
  return seen
}

/** How many comments each photo of an album has, and the album itself (null), of those that have any that are not hidden. */
export const countComments = (session: Session, album: string): Promise<CommentCount[]> =>
  onRedis(async () => {
    const writers = [...(await writersFor(session, album)).keys()]
    const found = await readFound(session, album, { writers, photo: '*', heads: true })
    const shown = (await shownTo(session, album, found)).flatMap(({ one, hidden }) => (hidden ? [] : [one]))
    const byPhoto = Map.groupBy(shown, ({ parts }) => parts[0] ?? '')
    const photos = [...byPhoto.keys()].filter((photo) => photo === '' || isPhoto(photo))
    // What visitors have read is kept nowhere: all of it is their own.
    const seen = session.identity.share ? new Map<string, number>() : await readSeen(session, album, photos)
    return photos.map((photo) => {
      const said = byPhoto.get(photo) ?? []
      const isNew = (one: Found) => one.writer !== session.account && writtenAt(one) > (seen.get(photo) ?? 0)
      return { photo: photo || null, comments: said.length, unread: said.filter(isNew).length }
    })
  })

/** Notes that the caller has read what was said until now of a photo, or of the album itself (null). */
export const noteSeen = (
  { redis, keys, account }: Session,
  album: string,
  photo: string | null,
): Promise<void> =>
  onRedis(async () => {
    const [seconds, micro] = await redis.time()
    const note = () =>
      redis.hset(
        keys.seenComments(account),
        seenField(album, photo ?? ''),
        `${1e6 * Number(seconds) + Number(micro)}`,
      )
    try {
      await note()
    } catch (error) {
      if (!isWrongType(error)) throw error
      await redis.del(keys.seenComments(account)) // what no Cimaise has written
      await note()
    }
  })

/** An administrator may write everywhere, and is noted where that is done; others are when they are given the right. */
const noteAdministrator = async ({ redis, keys, account, identity }: Session, album: string) => {
  if (identity.administrator) await redis.hset(keys.commenters(album), account, identity.displayName)
}

interface Said {
  photo: string
  /** Empty: a new one. */
  number: number | ''
  spot: Spot | null
  text: string
  /** What a visitor calls themselves. */
  by?: string | undefined
}

const say = async (
  { redis, keys, account, identity }: Session,
  album: string,
  { photo, number: of, spot, text, by = '' }: Said,
) => {
  const record = photo === '' ? '' : keys.photo(album, photo)
  const isVisitor = identity.share
  if (isVisitor && text !== '' && by === '') {
    // Whose link lets them say nothing is told that, and not what is missing.
    await redis.hget(keys.comments(album, account), 'last')
    throw new GalleryError('INVALID', 'nameYourself')
  }
  const limits = isVisitor
    ? { most: maxVisitorComments, eachMinute: maxVisitorCommentsEachMinute }
    : { most: maxCommentsEach, eachMinute: 0 }
  return callFunction(
    redis,
    'write-comment',
    [keys.comments(album, account)],
    [
      ...[keys.albumInfo(album), record, photo, of, toPlace(spot)],
      ...[isVisitor && text !== '' ? `${by}\t${text}` : text, limits.most],
      ...[keys.talkEvents(album), limits.eachMinute],
    ],
  )
}

/**
 * Says something of a photo, or of the album itself (null). NOT_FOUND where it is gone, CONFLICT where the account has said all
 * that it can in this album.
 */
export const writeComment = (
  session: Session,
  { album, photo, ...said }: Pick<Said, 'text' | 'spot' | 'by'> & { album: string; photo: string | null },
): Promise<CommentRef> =>
  onRedis(async () => {
    await noteAdministrator(session, album)
    const of = await say(session, album, { photo: photo ?? '', number: '', ...said })
    return { album, writer: session.account, number: of }
  })

type Own = Omit<CommentRef, 'writer'>

/** Changes the words of a comment of one's own. NOT_FOUND where it is gone. */
export const editComment = (
  session: Session,
  { album, number: of, text, by }: Own & Pick<Said, 'text' | 'by'>,
): Promise<void> =>
  onRedis(async () => {
    await say(session, album, { photo: '', number: of, spot: null, text, by })
  })

/** Takes back a comment of one's own. NOT_FOUND where it is gone. */
export const withdrawComment = (session: Session, { album, number: of }: Own): Promise<void> =>
  onRedis(async () => {
    await say(session, album, { photo: '', number: of, spot: null, text: '' })
  })

/** Hides what somebody said, or shows it again. FORBIDDEN but for accounts that may modify the album. */
export const hideComment = (
  { redis, keys, account }: Session,
  { album, writer, number: of, hidden }: CommentRef & { hidden: boolean },
): Promise<void> =>
  onRedis(async () => {
    const args = [keys.talkEvents(album), hiddenField({ writer, number: of }), hidden ? account : '']
    await callFunction(redis, 'hide-comment', [keys.hiddenComments(album)], args)
  })
