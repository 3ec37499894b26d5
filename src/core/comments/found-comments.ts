import { maxCommentLength } from '../../shared/domain/limits.ts'
import { maxVisitorName } from '../../shared/domain/visitor-answers.ts'
import { maxCommentsEach, maxVisitorComments } from '../../shared/schemas/comment.ts'
import { PhotoId } from '../../shared/schemas/ids.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { visibleAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { line, whole } from '../photos/field-values.ts'
import { readShared } from '../photos/shared-reader.ts'
import { callFunction } from '../redis/call-function.ts'
import { isDamaged, readHash } from '../redis/claims.ts'
import { pairsOf } from '../redis/pairs.ts'
import { isLink, readWriters, writersPerCall } from './commenters.ts'

/** Bytes of a comment: four for a character, and what stands before the text. */
const maxBytes = 4 * (maxCommentLength + maxVisitorName) + 200
/** Bytes that are read at once of what was said in an album: beyond that, comments are left out. */
const maxBytesRead = 8_000_000
/** Characters of what an account is called. */
const maxAccountName = 100
/** Fields of a hash that are asked for in one call. */
export const fieldsPerCall = 500

/** A comment as it was found. */
export interface Found {
  writer: string
  number: number
  /**
   * `photo ⇥ written ⇥ changed ⇥ place ⇥ text` (write-comment.lua): what an account wrote, perhaps by hand. The visitors of a link
   * write their name and a tab before the text.
   */
  parts: string[]
}

/** What names a comment among those that are hidden. */
export const hiddenField = ({ writer, number }: Pick<Found, 'writer' | 'number'>) => `${writer}/${number}`

/** What a comment says; `named`: what its writer calls themself, where that is a visitor of a link. */
export const saidIn = ({
  writer,
  parts,
}: Pick<Found, 'writer' | 'parts'>): { named?: string; text: string } => {
  const said = parts.slice(4)
  if (!isLink(writer)) return { text: said.join('\t') }
  const [named = '', ...text] = said
  return { named, text: text.join('\t') }
}

/** Who said it, for people; `account`: what the account is called, or whom the link is for. */
export const nameOf = (found: Pick<Found, 'writer' | 'parts'>, account: string): string => {
  const { named = account } = saidIn(found)
  return line(named).slice(0, isLink(found.writer) ? maxVisitorName : maxAccountName)
}

/** The photo that it was said of; null: of the album itself. */
export const photoOf = ({ parts: [photo = ''] }: Pick<Found, 'parts'>): string | null =>
  PhotoId.safeParse(photo).success ? photo : null

/** When it was written, in microseconds since 1970; 0 for what is no time. */
export const writtenAt = ({ parts }: Pick<Found, 'parts'>): number => whole(parts[1])

/**
 * What accounts said of a photo, of the album itself (`''`) or of all (`*`). A script asks Redis for each comment, which takes an
 * account of thousands of rights long: the callers have shown by reading the writers that they may.
 */
export const readFound = async (
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
  if (found.length === 0 || (await redis.exists(keys.hiddenComments(album))) === 0) return hidden
  for (const part of chunksOf(found.map(hiddenField), fieldsPerCall)) {
    const limits = Object.fromEntries(part.map((field) => [field, 64]))
    for (const field of Object.keys(await readHash(redis, keys.hiddenComments(album), limits)))
      hidden.add(field)
  }
  return hidden
}

/** The comments that the caller is shown: hidden ones are for who may modify the album, and for their writers. */
export const shownTo = async <T extends Found>(session: Session, album: string, found: T[]) => {
  const hidden = await readHidden(session, album, found)
  const seesAll = hidden.size > 0 && (await visibleAlbums(session)).get(album) === 'modify'
  return found
    .map((one) => ({ one, hidden: hidden.has(hiddenField(one)) }))
    .filter(({ one, hidden: isHidden }) => !isHidden || seesAll || one.writer === session.account)
}

/** Visitors of a link read what was said by it, and not what accounts say among themselves. */
export const writersFor = (session: Session, album: string) =>
  session.identity.share ? new Map([[session.account, '']]) : readWriters(session, album)
