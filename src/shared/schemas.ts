import { z } from 'zod'

/** Lower case, so that two names never differ by case alone; no character that means something in a key pattern. */
export const AccountName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, 'is not an account name')

/** `<owner>~<random>`: an account owns every id that begins with its name, so one key pattern covers them. */
export const AlbumId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{6,16}$/, 'is not an album id')
export const PhotoId = z.string().regex(/^[0-9A-Za-z]{10}$/, 'is not a photo id')
/** Lower-case hexadecimal SHA-256 of a thumbnail's own bytes: its name. */
export const ThumbName = z.string().regex(/^[0-9a-f]{64}$/, 'is not a thumbnail name')

/** 1 to 200 characters without control characters; `/` makes a branch of the album tree. */
export const AlbumTitle = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'may not hold control characters')

export const Right = z.enum(['read', 'modify'])

export const Album = z.object({
  id: AlbumId,
  title: z.string(),
  photos: z.number().int(),
  public: z.boolean(),
  description: z.string(),
  /** The photo that stands for the album: the one that was chosen, or null. */
  cover: PhotoId.nullable(),
  /** What the caller may do with it. Redis decides; this only tells what to offer. */
  right: Right,
})

/** An album in the trash, with the photos that went there with it. */
export const DeletedAlbum = z.object({
  id: AlbumId,
  title: z.string(),
  photos: z.number().int(),
  deletedAt: z.string(),
})

/** What a grid needs to know of a photo: small, as a page holds hundreds. */
export const PhotoSummary = z.object({
  id: PhotoId,
  album: AlbumId,
  title: z.string(),
  /** Pixels, the right way up. */
  width: z.number().int(),
  height: z.number().int(),
  thumb: ThumbName.nullable(),
  /** ThumbHash in base64: a few bytes that stand in for the thumbnail while it is on its way. */
  placeholder: z.string().nullable(),
  /** ISO 8601 with zone; null where the file does not say. */
  takenAt: z.string().nullable(),
  addedAt: z.string(),
  /** The original has gone from its place on disk. */
  missing: z.boolean(),
  /** 0: none. */
  rating: z.number().int().min(0).max(5),
  flag: z.enum(['pick', 'reject']).nullable(),
  label: z.enum(['red', 'yellow', 'green', 'blue']).nullable(),
  /** Its place in the album's manual order, among the others' ranks; null where nobody gave it one. */
  rank: z.number().nullable(),
  /** When it went to the trash, ISO 8601; null where it hangs in its album. */
  trashedAt: z.string().nullable(),
  /** The album lists a photo here, but what stands in its place is none: it was overwritten by hand. */
  damaged: z.boolean(),
})

export const PhotoDetails = PhotoSummary.extend({
  host: z.string(),
  /** The place of the original on its host's disk. */
  path: z.string(),
  /** MIME type that the content has, whatever the file is called. */
  type: z.string(),
  bytes: z.number().int(),
  /** EXIF orientation 1 to 8, as the file says; null where it does not. */
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
  caption: z.string(),
  /** The date taken was entered by somebody, and is not the file's. */
  dated: z.boolean(),
  tags: z.array(z.string()),
  /** What the decoder complained of, where the picture could be read all the same. */
  damage: z.string().nullable(),
  /** The original is on the host that answers, so it can be shown at full size. */
  here: z.boolean(),
})

export const PhotoSort = z.enum(['taken', 'name', 'added', 'rating', 'manual'])

const tags = z.array(z.string().min(1).max(100)).max(50)

/** Which photos of a view are shown: those for which everything that is given here holds. */
export const PhotoFilter = z.object({
  /** Tags, each with those below it: all of these, any of those, none of these. */
  all: tags.optional(),
  any: tags.optional(),
  none: tags.optional(),
  /** Words in title, file name, caption, tags or camera, without regard to case and accents. */
  text: z.string().max(200).optional(),
  /** First and last day taken, `2024-05-31`, by the clock where the photo was taken. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  camera: z.string().max(200).optional(),
  /** At least so many stars. */
  rating: z.number().int().min(1).max(5).optional(),
  flag: z.enum(['pick', 'reject', 'none']).optional(),
  label: z.enum(['red', 'yellow', 'green', 'blue', 'none']).optional(),
  /** Only photos whose originals have gone. */
  missing: z.literal(true).optional(),
})

/**
 * One view of photos: an album, or every album that the caller may read (`album` null), in an order. In the trash the order
 * is always that of removal.
 */
export const PhotoQuery = z.object({
  album: AlbumId.nullable(),
  sort: PhotoSort,
  descending: z.boolean(),
  filter: PhotoFilter.optional(),
  trash: z.literal(true).optional(),
})

/** A photo and where it is: `album/photo`. */
export const PhotoRef = z.string().regex(/^[a-z0-9._~A-Z-]{1,60}\/[0-9A-Za-z]{10}$/, 'is not a photo')

/** How often a value occurs. */
export const TagCount = z.object({ tag: z.string(), photos: z.number().int() })
export const CameraCount = z.object({ camera: z.string(), photos: z.number().int() })

export const Failure = z.object({
  path: z.string(),
  reason: z.string(),
})

export const Root = z.object({
  path: z.string(),
  /** The one album that takes all photos of this folder; null: an album for each folder. */
  album: z.string().nullable(),
  /** It is a single file. */
  file: z.boolean(),
  /** The folder can be reached now; a drive that is not mounted is offline, never a deletion. */
  online: z.boolean(),
  watched: z.boolean(),
})

/** The photo that was taken in from a file. */
export const FoundPhoto = z.object({
  path: z.string(),
  album: AlbumId,
  photo: PhotoId,
  /** It is in the trash of the album. */
  trashed: z.boolean(),
})

/**
 * Where the library stands. `added` counts what another process took in meanwhile as well. `done` = added + changed +
 * unchanged + failed, and never passes `found`.
 */
export const LibraryStatus = z.object({
  state: z.enum(['idle', 'working', 'paused']),
  /** Folders are still being read, so `found` still grows. */
  scanning: z.boolean(),
  found: z.number().int(),
  done: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
  /** Photos a second over the last seconds. */
  rate: z.number(),
  /** Null while it cannot be told. */
  secondsLeft: z.number().nullable(),
  /** Roots that cannot be reached, and folders that cannot be read. */
  problems: z.array(Failure),
  cancelled: z.boolean(),
})

/** What may happen to photos of an album. `left` and `arrived` are the two sides of a move. */
export const PhotoEventKind = z.enum([
  'added',
  'changed',
  'missing',
  'found',
  'left',
  'arrived',
  'tagged',
  'edited',
  'trashed',
  'restored',
  'purged',
])

/** One line of the record of what happened in an album. Events of one act of a person are one line. */
export const ActivityEntry = z.object({
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
  by: z.string(),
  /** Who did it is certain. Otherwise it is what the album's own record says, which others than that account could have written. */
  proven: z.boolean(),
  /** A PhotoHappening, or `created`, `renamed`, `described`, `deleted`, `album-restored`, `published`, `hidden`. */
  what: z.string(),
  album: z.string(),
  /** Where photos of a move came from, if the caller may read that album. */
  fromAlbum: z.string().nullable(),
  photos: z.number().int(),
  /** Which field was edited. */
  field: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})

/** What an open window has to know of a change. `resync`: the window missed something, read everything again. */
export const GalleryEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('photos'),
    album: AlbumId,
    what: PhotoEventKind,
    photos: z.array(z.string()),
  }),
  z.object({ kind: z.literal('albums'), album: z.string() }),
  z.object({ kind: z.literal('library'), status: LibraryStatus }),
  z.object({ kind: z.literal('resync') }),
])

export const SessionInfo = z.object({
  account: z.string(),
  displayName: z.string(),
  administrator: z.boolean(),
  guest: z.boolean(),
  /** Somebody with a share link. */
  share: z.boolean(),
  /** May make albums. */
  canCreateAlbums: z.boolean(),
  gallery: z.object({ id: z.string(), name: z.string() }),
  shell: z.enum(['desktop', 'browser', 'cli']),
  host: z.string(),
  /** The caller may see and change which folders of this host are taken in. */
  library: z.boolean(),
  /** Where Redis is, in words, without any secret. */
  redis: z.string(),
  /** What a power cut took from the file that Redis keeps, for administrators: when it was noticed, and where a copy is. */
  damage: z.object({ at: z.string(), lost: z.number().int(), copy: z.string().nullable() }).nullable(),
})

export const Check = z.object({
  what: z.string(),
  state: z.enum(['ok', 'warning', 'problem']),
  detail: z.string(),
})

export const Health = z.object({
  checks: z.array(Check),
  photos: z.number().int(),
  albums: z.number().int(),
  /** Bytes of Redis memory for one photo, over a sample of photos; null while there is none. */
  metadataBytes: z.number().nullable(),
  thumbnailBytes: z.number().nullable(),
})

/** Something in the gallery that does not hold together, in words. */
export const Finding = z.object({ what: z.string(), count: z.number().int(), example: z.string() })

export type Right = z.infer<typeof Right>
export type Album = z.infer<typeof Album>
export type DeletedAlbum = z.infer<typeof DeletedAlbum>
export type PhotoSummary = z.infer<typeof PhotoSummary>
export type PhotoDetails = z.infer<typeof PhotoDetails>
export type PhotoSort = z.infer<typeof PhotoSort>
export type PhotoFilter = z.infer<typeof PhotoFilter>
export type PhotoQuery = z.infer<typeof PhotoQuery>
export type TagCount = z.infer<typeof TagCount>
export type CameraCount = z.infer<typeof CameraCount>
export type PhotoEventKind = z.infer<typeof PhotoEventKind>
export type ActivityEntry = z.infer<typeof ActivityEntry>
export type Finding = z.infer<typeof Finding>
export type Failure = z.infer<typeof Failure>
export type Root = z.infer<typeof Root>
export type FoundPhoto = z.infer<typeof FoundPhoto>
export type LibraryStatus = z.infer<typeof LibraryStatus>
export type GalleryEvent = z.infer<typeof GalleryEvent>
export type SessionInfo = z.infer<typeof SessionInfo>
export type Check = z.infer<typeof Check>
export type Health = z.infer<typeof Health>
