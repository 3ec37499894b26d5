import { z } from 'zod'
import { parseAdjustment } from '../domain/adjustments.ts'
import { flags, labels } from '../domain/marks.ts'
import { maxPhotosPerCall } from '../domain/limits.ts'
import { AlbumTitle } from './album.ts'
import { CollectionTitle, SavedSearch } from './collection.ts'
import { AlbumId, CollectionId, PhotoId } from './ids.ts'
import { TagName } from './photo.ts'

/**
 * What users enter about a photo. `dated`: when it was taken, ISO 8601 with zone; `rank`: its position in the manual order; `adjust`:
 * how it is shown other than its file has it (shared/domain/adjustments.ts); `status`: the id of one of the gallery's (schemas/status.ts).
 */
export const EditField = z.enum([
  'title',
  'caption',
  'rating',
  'flag',
  'label',
  'status',
  'dated',
  'rank',
  'adjust',
])

/** Ratings are 1 to 5; no value is no rating. */
export const Rating = z.enum(['1', '2', '3', '4', '5'])

export const Flag = z.enum(flags)

/** `r90_e75`: turned right and lighter by three quarters of a stop. */
export const AdjustmentText = z.string().refine((text) => parseAdjustment(text) !== null, 'is no adjustment')

export const Label = z.enum(labels)

const photos = z.array(PhotoId).min(1).max(maxPhotosPerCall)

const values = z
  .array(
    z.object({
      photo: PhotoId,
      /** Null removes what was entered. */
      to: z.string().max(10_000).nullable(),
      /** What must be there now, where the change is strict. */
      from: z.string().nullable().optional(),
    }),
  )
  .min(1)
  .max(maxPhotosPerCall)

/** Only these photos, and not what is behind them: so what was done to a stack is undone for each of its files. */
const alone = z.literal(true).optional()

/**
 * One change, which the gallery makes whole or not at all. Changes are plain data: what undoes one is another one, so undo
 * and redo need nothing of their own.
 */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), from: AlbumId, to: AlbumId, photos }),
  z.object({
    kind: z.literal('tag'),
    album: AlbumId,
    photos,
    add: z.array(TagName).max(100),
    remove: z.array(TagName).max(100),
    alone,
  }),
  z.object({ kind: z.literal('edit'), album: AlbumId, field: EditField, values, alone }),
  /** Puts photos, in this order, between two others of the album's manual order; null is its beginning, or its end. */
  z.object({
    kind: z.literal('order'),
    album: AlbumId,
    photos,
    after: PhotoId.nullable(),
    before: PhotoId.nullable(),
  }),
  /** Moves the time taken of each photo by so many minutes. */
  z.object({ kind: z.literal('shift'), album: AlbumId, photos, minutes: z.number().int() }),
  /** Turns each picture by so many quarters of a circle, clockwise, from how it is shown now. */
  z.object({
    kind: z.literal('turn'),
    album: AlbumId,
    photos,
    quarters: z.union([1, 2, 3].map((n) => z.literal(n))),
  }),
  z.object({ kind: z.literal('trash'), album: AlbumId, photos }),
  /** Back from the trash: to the same album, or to one of its title where it was deleted. */
  z.object({ kind: z.literal('restore'), album: AlbumId, photos }),
  /** Several files as one photo: `photos` go behind `lead`, with what is behind them. */
  z.object({ kind: z.literal('stack'), album: AlbumId, lead: PhotoId, photos }),
  /** Photos come from behind `lead`, and are photos of their own. */
  z.object({ kind: z.literal('unstack'), album: AlbumId, lead: PhotoId, photos }),
  /** The photo, which is behind another one, is the one that shows. */
  z.object({ kind: z.literal('lead'), album: AlbumId, photo: PhotoId }),
  z.object({ kind: z.literal('create-album'), title: AlbumTitle }),
  /** Several at once, as a branch of the album tree is renamed. `from`: the title that the caller saw. */
  z.object({
    kind: z.literal('rename-albums'),
    titles: z
      .array(z.object({ album: AlbumId, from: z.string(), to: AlbumTitle }))
      .min(1)
      .max(5000),
  }),
  z.object({
    kind: z.literal('describe-album'),
    album: AlbumId,
    /** `cover` is the id of one of its photos. */
    field: z.enum(['description', 'cover']),
    to: z.string().max(10_000).nullable(),
    from: z.string().nullable().optional(),
  }),
  /** The album goes to the trash with its photos, and comes back with them. */
  z.object({
    kind: z.literal('delete-album'),
    album: AlbumId,
    /** Not if another session has put photos into it meanwhile: to take back that it was made. */
    ifEmpty: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('restore-album'), album: AlbumId }),
  /** With a `search` it is a smart album. */
  z.object({
    kind: z.literal('create-collection'),
    title: CollectionTitle,
    search: SavedSearch.optional(),
  }),
  /** A smart album looks for something else. */
  z.object({
    kind: z.literal('search-collection'),
    collection: CollectionId,
    to: SavedSearch,
    from: SavedSearch.optional(),
  }),
  z.object({
    kind: z.literal('rename-collection'),
    collection: CollectionId,
    to: CollectionTitle,
    from: z.string().optional(),
  }),
  z.object({
    kind: z.literal('describe-collection'),
    collection: CollectionId,
    /** `cover` is the id of a photo. */
    field: z.enum(['description', 'cover']),
    to: z.string().max(10_000).nullable(),
    from: z.string().nullable().optional(),
  }),
  /** Its photos stay in their albums; its order and rights come back with it. */
  z.object({ kind: z.literal('delete-collection'), collection: CollectionId }),
  z.object({ kind: z.literal('restore-collection'), collection: CollectionId }),
  /** Puts photos into a collection: at a place that they had, or behind the last one. */
  z.object({
    kind: z.literal('collect'),
    collection: CollectionId,
    values: z
      .array(z.object({ photo: PhotoId, at: z.number().nullable() }))
      .min(1)
      .max(maxPhotosPerCall),
  }),
  /** Takes photos out of a collection. They stay in their albums. */
  z.object({ kind: z.literal('uncollect'), collection: CollectionId, photos }),
  /** Puts photos of a collection, in this order, between two others; null is its beginning, or its end. */
  z.object({
    kind: z.literal('arrange'),
    collection: CollectionId,
    photos,
    after: PhotoId.nullable(),
    before: PhotoId.nullable(),
  }),
])

/**
 * `free`: photos that another session moved or removed meanwhile are left out. `strict`: anything that is not as the change
 * expects is a CONFLICT, and nothing is changed; so are undo and redo. `check`: only tells whether `strict` would do.
 */
export const ChangeMode = z.enum(['free', 'strict', 'check'])

/** One operation of a user, which may take several calls: what it did is one line in the record of what happened. */
export const ActId = z.string().regex(/^[0-9A-Za-z]{12}$/, 'is not the id of an act')

/** What came of some changes. */
export const Changed = z.object({
  /** Photos, or albums, that are different now. */
  changed: z.number().int(),
  /** Photos that were not there any more. */
  skipped: z.number().int(),
  /** What undoes it, to be applied in this order. */
  undo: z.array(Change),
  /** The album that was made, or that photos came back to. */
  album: AlbumId.nullable(),
  /** The collection that was made. */
  collection: CollectionId.nullable(),
})

export type EditField = z.infer<typeof EditField>
export type Change = z.infer<typeof Change>
export type ChangeMode = z.infer<typeof ChangeMode>
export type Changed = z.infer<typeof Changed>
