import { z } from 'zod'
import { AlbumId, PhotoId } from './ids.ts'
import { Text } from './text.ts'

/** A file that could not be read, with the reason in words. */
export const Failure = z.object({
  path: z.string(),
  /** In English. */
  reason: z.string(),
  /** The same for other languages, where there is one. */
  text: Text.optional(),
})

/** A folder below a root that is away as a whole: a drive that is not mounted there, or a deletion that nobody confirmed. */
export const AwayFolder = z.object({ path: z.string(), photos: z.number().int() })

/** A folder, or a single file, that this host takes photos from. */
export const Root = z.object({
  path: z.string(),
  /** The one album that takes all photos of this folder; null: an album for each folder. */
  album: z.string().nullable(),
  /** It is a single file. */
  file: z.boolean(),
  /** The folder can be reached now; a drive that is not mounted is offline, never a deletion. */
  online: z.boolean(),
  watched: z.boolean(),
  /** Folders in it that are away, whose photos are offline and not missing. */
  away: z.array(AwayFolder),
  /** What the last scan passed over, with the reason. */
  passed: z.array(Failure),
  /** What users enter is written into sidecars beside its photos. */
  sidecars: z.boolean(),
  /** The names of its files tell when photos were taken, where the files do not. */
  nameDates: z.boolean(),
  /** What browsers send lands in it, named by this pattern; null: not here. */
  uploads: z.string().nullable(),
})

/** A folder of this host in which users begin to look for their photos. */
export const StartingFolder = z.object({
  kind: z.enum(['home', 'pictures', 'desktop', 'documents', 'downloads', 'drive']),
  path: z.string(),
})

/** A photo whose file is gone, and where that was. */
export const MissingPhoto = z.object({ album: AlbumId, photo: PhotoId, path: z.string() })

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

export type StartingFolder = z.infer<typeof StartingFolder>
export type AwayFolder = z.infer<typeof AwayFolder>
export type MissingPhoto = z.infer<typeof MissingPhoto>
export type Failure = z.infer<typeof Failure>
export type Root = z.infer<typeof Root>
export type FoundPhoto = z.infer<typeof FoundPhoto>
export type LibraryStatus = z.infer<typeof LibraryStatus>
