import { maxCommentLength } from '../../shared/domain/limits.ts'
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
import { isLink } from './commenters.ts'
import {
  fieldsPerCall,
  nameOf,
  photoOf,
  writtenAt,
  hiddenField,
  readFound,
  saidIn,
  shownTo,
  writersFor,
  type Found,
} from './found-comments.ts'
import type { Session } from '../gallery/session.ts'
import { line, lines, moment, number, whole } from '../photos/field-values.ts'
import { callFunction } from '../redis/call-function.ts'
import { readHash } from '../redis/claims.ts'
import { isWrongType, onRedis } from '../redis/errors.ts'

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

/** ISO 8601 of microseconds since 1970. */
const inMs = (text: string | undefined) => moment(text && String(Number(text) / 1000))

const toComment = (
  { account }: Session,
  { writer, number: of, parts }: Found,
  name: string,
  hidden: boolean,
): Comment => {
  const [, written, changed, place] = parts
  const visitor = isLink(writer)
  return {
    writer,
    number: of,
    photo: photoOf({ parts }),
    name: nameOf({ writer, parts }, name),
    visitor: visitor ? line(name).slice(0, 100) : null,
    former: writer.includes(':'),
    own: writer === account,
    text: lines(saidIn({ writer, parts }).text).slice(0, maxCommentLength),
    spot: toSpot(place),
    at: inMs(written) ?? new Date(0).toISOString(),
    changedAt: inMs(changed),
    hidden,
  }
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
    const photos = [...byPhoto.keys()].filter((photo) => photo === '' || PhotoId.safeParse(photo).success)
    // What visitors have read is kept nowhere: all of it is their own.
    const seen = session.identity.share ? new Map<string, number>() : await readSeen(session, album, photos)
    return photos.map((photo) => {
      const said = byPhoto.get(photo) ?? []
      const isNew = (one: Found) => one.writer !== session.account && writtenAt(one) > (seen.get(photo) ?? 0)
      return { photo: photo || null, comments: said.length, unread: said.filter(isNew).length }
    })
  })

/** Notes until when the caller has seen something. */
export const noteSeenField = async (
  { redis, keys, account }: Session,
  field: string,
  until: number,
): Promise<void> => {
  const note = () => redis.hset(keys.seenComments(account), field, `${until}`)
  try {
    await note()
  } catch (error) {
    if (!isWrongType(error)) throw error
    await redis.del(keys.seenComments(account)) // what no Cimaise has written
    await note()
  }
}

/** Notes that the caller has read what was said until now of a photo, or of the album itself (null). */
export const noteSeen = (session: Session, album: string, photo: string | null): Promise<void> =>
  onRedis(async () => {
    const [seconds, micro] = await session.redis.time()
    await noteSeenField(session, seenField(album, photo ?? ''), 1e6 * Number(seconds) + Number(micro))
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
