import { z } from 'zod'
import { Comment, CommentCount, CommentRef, CommentText, FoundInComments, Spot } from '../schemas/comment.ts'
import { AlbumId, PhotoId } from '../schemas/ids.ts'
import { VisitorName } from '../schemas/selection.ts'
import { base, refusing } from './base.ts'

/** What visitors of a share link call themselves, who have to say so; accounts have their name. */
const by = VisitorName.optional()

/**
 * What was said of a photo, or of the album itself, in its order. Accounts that may read the album; visitors of a link that lets them comment
 * read what was said by that link.
 */
const list = base.input(z.object({ album: AlbumId, photo: PhotoId.nullable() })).output(z.array(Comment))

/** How many comments each photo of an album has, of those that have any. Accounts that may read the album. */
const counts = base.input(z.object({ album: AlbumId })).output(z.array(CommentCount))

/** Notes that the caller has read what was said of a photo, or of the album itself. Accounts. */
const seen = base.input(z.object({ album: AlbumId, photo: PhotoId.nullable() }))

/**
 * Says something of a photo, of a spot on it, or of the album itself. INVALID for a visitor without a name. Accounts that may comment, and
 * visitors of a link that lets them.
 */
const write = refusing('NOT_FOUND', 'CONFLICT', 'INVALID')
  .input(
    z.object({
      album: AlbumId,
      photo: PhotoId.nullable(),
      text: CommentText,
      spot: Spot.nullable().default(null),
      by,
    }),
  )
  .output(CommentRef)

/** Says it otherwise. Its writer. */
const edit = refusing('NOT_FOUND', 'INVALID').input(
  CommentRef.omit({ writer: true }).extend({ text: CommentText, by }),
)

/** Takes it back. Its writer. */
const withdraw = refusing('NOT_FOUND').input(CommentRef.omit({ writer: true }))

/** Hides what somebody said, or shows it again. Accounts that may modify the album. */
const hide = base.input(CommentRef.extend({ hidden: z.boolean() }))

/**
 * What was said with the words of a search, in an album or in all that the caller may read (`album` null): nothing for guests. Visitors of a link
 * find what was said by that link.
 */
const search = base
  .input(z.object({ album: AlbumId.nullable(), text: z.string().max(200) }))
  .output(FoundInComments)

export const comments = { list, counts, search, seen, write, edit, withdraw, hide }
