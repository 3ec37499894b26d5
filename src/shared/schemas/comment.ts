import { z } from 'zod'
import { maxCommentLength } from '../domain/limits.ts'
import { AlbumId, PhotoId } from './ids.ts'

/** Comments of one account in one album. */
export const maxCommentsEach = 5000

/** Plain text of several lines, without blanks around it. */
export const CommentText = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'is empty')
      .max(maxCommentLength, 'is too long')
      .refine((text) => !/[^\P{Cc}\n]/u.test(text), 'holds characters that are not seen'),
  )

/** Comments of the visitors of one share link in its album, and how many of them within a minute. */
export const maxVisitorComments = 500
export const maxVisitorCommentsEachMinute = 20

/** The account that wrote: of one that is no more, with what tells it from a later one of the same name. Or a share link. */
export const CommentWriter = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}(:[0-9A-Za-z]{1,32}|~[0-9A-Za-z]{8})?$/, 'is nobody who writes')

/** The how-manieth comment of its writer in the album it is. */
const CommentNumber = z.number().int().min(1).max(maxCommentsEach)

/**
 * A place on a photo, in parts of the width and height of the whole picture that its file has, from the top left: it stays on what it is
 * about when the photo is turned or cropped.
 */
export const Spot = z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })

/** One comment of an album, by which it is named in calls. */
export const CommentRef = z.object({ album: AlbumId, writer: CommentWriter, number: CommentNumber })

/** What somebody said of a photo, or of an album. */
export const Comment = z.object({
  writer: CommentWriter,
  number: CommentNumber,
  /** Null: of the album itself. */
  photo: PhotoId.nullable(),
  /** The writer's name for people; of a visitor, as they call themselves. */
  name: z.string(),
  /** Whom the link is for by which the writer came, as its maker wrote; null: an account wrote. */
  visitor: z.string().nullable(),
  /** The account was deleted. */
  former: z.boolean(),
  /** The caller wrote it; of a visitor, whoever came by the same link. */
  own: z.boolean(),
  text: z.string(),
  spot: Spot.nullable(),
  /** ISO 8601. */
  at: z.string(),
  /** ISO 8601; null where it is as it was written. */
  changedAt: z.string().nullable(),
  /** Who may modify the album has hidden it: only they and its writer are told of it. */
  hidden: z.boolean(),
})

/** How many comments a photo has; null: the album itself. `unread`: those of others that the caller has not been shown. */
export const CommentCount = z.object({
  photo: PhotoId.nullable(),
  comments: z.number().int(),
  unread: z.number().int(),
})

/**
 * What of the comments of some albums has the words of a search: how many photos, and the albums of which comments of the album
 * itself have them, with how many of these have any of them.
 */
export const FoundInComments = z.object({
  photos: z.number().int(),
  albums: z.array(z.object({ album: AlbumId, comments: z.number().int() })),
})

export type FoundInComments = z.infer<typeof FoundInComments>
export type Comment = z.infer<typeof Comment>
export type CommentCount = z.infer<typeof CommentCount>
export type CommentRef = z.infer<typeof CommentRef>
export type Spot = z.infer<typeof Spot>
