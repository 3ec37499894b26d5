import { z } from 'zod'
import { flags, labels } from '../domain/marks.ts'
import { normalizeTag } from '../domain/tags.ts'
import { NearTown, TownName } from './place-name.ts'
import { AlbumId, CollectionId, ContentDigest, PhotoId, ThumbName } from './ids.ts'
import { ChosenBy } from './selection.ts'
import { StatusId } from './status.ts'

/** What a grid needs to know of a photo: small, as a page holds hundreds. */
export const PhotoSummary = z.object({
  id: PhotoId,
  album: AlbumId,
  title: z.string(),
  /** Pixels, the right way up, as it is shown. */
  width: z.number().int(),
  height: z.number().int(),
  /**
   * Where it is shown other than its file has it: how (shared/domain/adjustments.ts), and how large the whole picture is in the file,
   * the right way up. Thumbnails, previews and tiles are of the whole picture.
   */
  adjusted: z.object({ by: z.string(), width: z.number().int(), height: z.number().int() }).nullable(),
  thumb: ThumbName.nullable(),
  /** What stands for the content of its file, by which its previews are named: a claim, and no proof of it. */
  digest: ContentDigest.nullable(),
  /** ThumbHash in base64: a few bytes that stand in for the thumbnail while it is on its way. */
  placeholder: z.string().nullable(),
  /**
   * ISO 8601, as exact as it is known: with zone, without where the zone is unknown, or only its beginning (`1978`, `1978-06`,
   * `1978-06-15`, `1978-06-15T10:11`). Null where the file does not say.
   */
  takenAt: z.string().nullable(),
  addedAt: z.string(),
  /** The original has gone from its path. */
  missing: z.boolean(),
  /** 0: none. */
  rating: z.number().int().min(0).max(5),
  flag: z.enum(flags).nullable(),
  label: z.enum(labels).nullable(),
  /** Where it is in the work on it; one that the gallery does not have (schemas/status.ts) counts as none. */
  status: StatusId.nullable(),
  /** When it went to the trash, ISO 8601; null where it is in its album. */
  trashedAt: z.string().nullable(),
  /** It is a film, whose thumbnail is one of its frames. */
  video: z.boolean(),
  /** Seconds that a video lasts; null for other photos, and where its file does not say. */
  duration: z.number().nullable(),
  /** A few seconds of film are in the photo's file: it is a motion photo. */
  film: z.boolean(),
  /**
   * Where several files are this one photo: whether they are a RAW and a picture, a picture and its film (live photo) or others,
   * how many they are, and the photo behind this one that is its film. Null for a photo of one file.
   */
  stack: z
    .object({
      kind: z.enum(['raw', 'live', 'files']),
      files: z.number().int().min(2),
      /** `RAW`, `JPEG`, each once. */
      formats: z.array(z.string()),
      film: PhotoId.nullable(),
    })
    .nullable(),
  /** The album lists a photo here, but what stands there instead is none: it was overwritten by hand. */
  damaged: z.boolean(),
})

export const PhotoDetails = PhotoSummary.extend({
  host: z.string(),
  /** The path of the original on its host's disk. */
  path: z.string(),
  /** MIME type that the content has, whatever the file is called. */
  type: z.string(),
  bytes: z.number().int(),
  /** EXIF orientation 2 to 8, as the file says; null where it does not, or says that nothing is to be turned (1). */
  orientation: z.number().int().nullable(),
  camera: z.string().nullable(),
  lens: z.string().nullable(),
  /** F-number. */
  aperture: z.number().nullable(),
  /** Seconds. */
  exposureTime: z.number().nullable(),
  iso: z.number().nullable(),
  /** Millimetres, as the lens says. */
  focalLength: z.number().nullable(),
  /** Degrees, south and west negative. */
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  /** Metres above sea level. */
  altitude: z.number().nullable(),
  /** The town that this is near, by a gazetteer; null where the place is not known, or no town is near. */
  near: NearTown.nullable(),
  /** Codecs of a video's picture and sound, as MIME types name them (RFC 6381). */
  codecs: z.string().nullable(),
  caption: z.string(),
  /** The date taken was entered by a user, and is not the file's. */
  dated: z.boolean(),
  /** The date taken is that in the file's name, as the file says none. */
  datedByName: z.boolean(),
  tags: z.array(z.string()),
  /** A part of the picture is missing: `cut` where the file ends before it; anything else: its data make no sense. */
  damage: z.string().nullable(),
  creator: z.string().nullable(),
  copyright: z.string().nullable(),
  /** The file's own date, ISO 8601: what a photo is placed by that has no other. */
  fileDate: z.string().nullable(),
  /** The original is on the host that answers, so it can be shown at full size. */
  here: z.boolean(),
})

/** One of the files that are one photo. Its original and thumbnail are those of its own id. */
export const StackedFile = z.object({
  id: PhotoId,
  /** Of the file. */
  name: z.string(),
  /** MIME type that the content has. */
  type: z.string(),
  bytes: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  thumb: ThumbName.nullable(),
  missing: z.boolean(),
})

/** What a view is ordered by. */
export const PhotoSort = z.enum(['taken', 'name', 'added', 'rating', 'status', 'manual'])

/** A part of the world in degrees; `west` is larger than `east` where it lies across 180°. */
export const PlaceBounds = z.object({
  south: z.number().min(-90).max(90),
  west: z.number().min(-180).max(180),
  north: z.number().min(-90).max(90),
  east: z.number().min(-180).max(180),
})

const filterTags = z.array(z.string().min(1).max(100)).max(50)

/** Which photos of a view are shown: those for which everything that is given here holds. */
export const PhotoFilter = z.object({
  /** Tags, each with those below it: all of these, any of those, none of these. */
  all: filterTags.optional(),
  any: filterTags.optional(),
  none: filterTags.optional(),
  /**
   * A search: words in title, file name, caption, tags, camera, lens, the town and country or the album's title, without regard to case
   * and accents; phrases, days, conditions with a name (shared/domain/search).
   */
  text: z.string().max(200).optional(),
  /** First and last day taken, `2024-05-31`, by the clock where the photo was taken. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  camera: z.string().max(200).optional(),
  /** At least so many stars. */
  rating: z.number().int().min(1).max(5).optional(),
  flag: z.enum([...flags, 'none']).optional(),
  label: z.enum([...labels, 'none']).optional(),
  /** The id of one of the gallery's statuses; `none`: without one, or with one that the gallery does not have. */
  status: StatusId.optional(),
  /** Only photos that visitors of share links have chosen. */
  chosen: ChosenBy.optional(),
  /** Only videos. */
  video: z.literal(true).optional(),
  /** Only photos whose originals have gone. */
  missing: z.literal(true).optional(),
  /** Only photos of which nothing says when they were taken. */
  undated: z.literal(true).optional(),
  /** Only photos that were taken in this part of the world. */
  within: PlaceBounds.optional(),
  /** Only photos of which nothing says where they were taken. */
  unplaced: z.literal(true).optional(),
})

/**
 * One view of photos: an album, or every album that the caller may read (`album` null), in an order. In the trash the order
 * is always that of removal.
 */
export const PhotoQuery = z.object({
  album: AlbumId.nullable(),
  /**
   * Only photos of this collection, of any album; `manual` is its own order then. Of a smart album, which has none: the last taken
   * first.
   */
  collection: CollectionId.optional(),
  sort: PhotoSort,
  descending: z.boolean(),
  filter: PhotoFilter.optional(),
  trash: z.literal(true).optional(),
})

/** What some photos do not have in common may be one of these. */
const MixedField = z.enum(['title', 'caption', 'rating', 'flag', 'label', 'status', 'camera', 'lens'])

/** What some photos have in common: a field that is `mixed` has several values among them, and stands at none here. */
export const SharedDetails = z.object({
  /** How many of them are there. */
  photos: z.number().int(),
  mixed: z.array(MixedField),
  title: z.string(),
  caption: z.string(),
  rating: z.number().int().min(0).max(5),
  flag: z.enum(flags).nullable(),
  label: z.enum(labels).nullable(),
  status: StatusId.nullable(),
  camera: z.string().nullable(),
  lens: z.string().nullable(),
  /** The first and the last time taken, as `takenAt` of each; null where none has one. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** How many have no time taken. */
  undated: z.number().int(),
  bytes: z.number().int(),
  albums: z.array(z.object({ album: AlbumId, photos: z.number().int() })),
  /** Every tag that any of them carries. */
  tags: z.array(z.object({ tag: z.string(), photos: z.number().int() })),
})

/** How often a value occurs. */
export const TagCount = z.object({ tag: z.string(), photos: z.number().int() })

/** How many photos a camera took. */
export const CameraCount = z.object({ camera: z.string(), photos: z.number().int() })

/** How many photos were taken in a month, `2019-06`. */
export const MonthCount = z.object({ month: z.string(), photos: z.number().int() })

/** How many photos were taken on a day, `2019-06-30`, or in `2019-06` or `2019` where no more is known. */
export const DayCount = z.object({ day: z.string(), photos: z.number().int() })

/** How finely a view by date is divided. */
export const TimeStep = z.enum(['month', 'day'])

/** How many photos of a view stand in each month or day of it. */
export const Timeline = z.object({
  /** In the order of the view: `2019-06` or `2019-06-30`, `2019` or `2019-06` where no more is known; empty where none of its photos has a date. */
  sections: z.array(z.object({ date: z.string(), photos: z.number().int() })),
  /** Photos without a date, which stand where their files' dates put them. */
  undated: z.number().int(),
})

/** Photos that were taken near one another, as a map shows them. */
const PlaceCluster = z.object({
  /** The middle of where they were taken, in degrees. */
  latitude: z.number(),
  longitude: z.number(),
  photos: z.number().int(),
  /** Where they were taken, all of them. */
  bounds: PlaceBounds,
  /** One of them, the last that was taken. */
  sample: PhotoSummary,
  /** The town that this one was taken near; null where there is none. */
  near: TownName.nullable(),
})

/** Where the photos of a view were taken. */
export const PhotoPlaces = z.object({
  /** Of the part of the world that was asked for, and a little around it. */
  clusters: z.array(PlaceCluster),
  /** How many photos of the whole view have a place, and how many have none. */
  placed: z.number().int(),
  unplaced: z.number().int(),
  /** Where the photos of the whole view were taken; null where none has a place. */
  extent: PlaceBounds.nullable(),
  /** False where the gallery is too large for the memory of the server, and nothing was counted. */
  whole: z.boolean(),
})

/** 1 to 100 characters without control characters; `/` makes a branch of the tag tree. */
export const TagName = z
  .string()
  .max(400)
  .regex(/^\P{Cc}*$/u, 'may not hold control characters')
  .transform(normalizeTag)
  .pipe(z.string().min(1, 'is blank').max(100))

export type PhotoSummary = z.infer<typeof PhotoSummary>
export type PhotoDetails = z.infer<typeof PhotoDetails>
export type SharedDetails = z.infer<typeof SharedDetails>
export type StackedFile = z.infer<typeof StackedFile>
export type PhotoSort = z.infer<typeof PhotoSort>
export type PhotoFilter = z.infer<typeof PhotoFilter>
export type PhotoQuery = z.infer<typeof PhotoQuery>
export type TagCount = z.infer<typeof TagCount>
export type MonthCount = z.infer<typeof MonthCount>
export type DayCount = z.infer<typeof DayCount>
export type TimeStep = z.infer<typeof TimeStep>
export type Timeline = z.infer<typeof Timeline>
export type PlaceCluster = z.infer<typeof PlaceCluster>
export type PhotoPlaces = z.infer<typeof PhotoPlaces>
export type CameraCount = z.infer<typeof CameraCount>
