import type { NewsKind } from '../../shared/domain/mail.ts'
import { AlbumId, PhotoId, ShareName } from '../../shared/schemas/ids.ts'
import { CommentWriter } from '../../shared/schemas/comment.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'

/** Pieces of news of one account that wait: what is beyond is only counted. */
const maxPieces = 200
/** News that waited for longer are nobody's any more, in seconds. */
export const newsSeconds = 3 * 24 * 60 * 60

/** What an account is to be told of. All is asked for anew when the mail is written: who may not read it any more is told nothing. */
export type Piece =
  | { kind: 'photos'; album: string }
  | { kind: 'selection'; album: string; share: string }
  | { kind: 'comments'; album: string; photo: string; writer: string; number: number }
  | { kind: 'links'; share: string }
  | { kind: 'imports'; host: string; failed: boolean }
  | { kind: 'more' }

/** A piece that waits. `since`, `last`: when it came first and last, in milliseconds since 1970; `count`: how many of it there are. */
export interface Waiting {
  piece: Piece
  since: number
  last: number
  count: number
}

/** An account, and what it is to be told of. */
export interface NewsFor {
  account: string
  pieces: { piece: Piece; count: number }[]
}

/** As it stands in Redis: two pieces that say the same are one. */
const fieldOfPiece = (piece: Piece): string => {
  switch (piece.kind) {
    case 'photos':
      return [piece.kind, piece.album].join('\t')
    case 'selection':
      return [piece.kind, piece.album, piece.share].join('\t')
    case 'comments':
      return [piece.kind, piece.album, piece.photo, piece.writer, piece.number].join('\t')
    case 'links':
      return [piece.kind, piece.share].join('\t')
    case 'imports':
      return [piece.kind, piece.host, piece.failed ? 'failed' : ''].join('\t')
    case 'more':
      return piece.kind
  }
}

const isPhoto = (photo: string) => photo === '' || PhotoId.safeParse(photo).success

const toPiece = (field: string): Piece | null => {
  const [kind = '', first = '', photo = '', writer = '', number = ''] = field.split('\t')
  if (kind === 'more') return { kind }
  if (kind === 'imports') return { kind, host: first, failed: photo === 'failed' }
  if (kind === 'links') return ShareName.safeParse(first).success ? { kind, share: first } : null
  if (!AlbumId.safeParse(first).success) return null
  if (kind === 'photos') return { kind, album: first }
  if (kind === 'selection')
    return ShareName.safeParse(photo).success ? { kind, album: first, share: photo } : null
  if (kind !== 'comments' || !isPhoto(photo) || !CommentWriter.safeParse(writer).success) return null
  return { kind, album: first, photo, writer, number: Number(number) }
}

/** The kind that says when a piece is told; what is beyond all bounds is told with the rest. */
export const kindOf = ({ kind }: Piece): NewsKind | null => (kind === 'more' ? null : kind)

/** News that wait under a key, the oldest first. */
export const readNews = async (redis: Connection, key: string): Promise<Waiting[]> => {
  const waiting = Object.entries(await redis.hgetall(key)).flatMap(([field, value]) => {
    const piece = toPiece(field)
    const [since = 0, last = 0, count = 0] = value.split(' ').map(Number)
    return piece && since > 0 && count > 0 ? [{ piece, since, last, count }] : []
  })
  return waiting.toSorted((a, b) => a.since - b.since)
}

/**
 * Notes what accounts are to be told of. `looked`: the time until which it was looked at before, and until now; false where another
 * server noted the same before, null where the news come from elsewhere. `now`: milliseconds since 1970, by the clock of Redis.
 */
export const noteNews = async (
  redis: Connection,
  keys: Keys,
  news: NewsFor[],
  now: number,
  looked: { before: number; until: number } | null = null,
): Promise<boolean> => {
  const told = news.filter(({ pieces }) => pieces.length > 0)
  const each = told.flatMap(({ pieces }) => [
    pieces.length,
    ...pieces.flatMap(({ piece, count }) => [fieldOfPiece(piece), count]),
  ])
  const touched = [keys.mailRun, ...told.map(({ account }) => keys.mailNews(account))]
  const [before, until] = looked ? [looked.before, looked.until] : ['', '']
  return (
    (await callFunction(redis, 'note-news', touched, [
      before,
      until,
      newsSeconds,
      maxPieces,
      now,
      ...each,
    ])) === 1
  )
}
