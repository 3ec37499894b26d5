import { z } from 'zod'
import { AlbumId, PhotoId, PhotoRef } from '../schemas/ids.ts'
import { FoundTown, TownCount } from '../schemas/place-name.ts'
import { Duplicates } from '../schemas/duplicates.ts'
import {
  CameraCount,
  DayCount,
  MonthCount,
  PhotoDetails,
  PhotoPlaces,
  PhotoSummary,
  PhotoQuery,
  PlaceBounds,
  SharedDetails,
  StackedFile,
  Timeline,
  TimeStep,
} from '../schemas/photo.ts'
import { base, refusing } from './base.ts'

const offset = z.number().int().min(0)

/**
 * A stretch of a view: at most 500 photos from `offset`, and how many the whole view has. With `patience`, milliseconds, a search that
 * takes longer answers with what it has found so far, and with how many of the albums have been read (`searching`).
 */
const page = base
  .input(
    z.object({
      view: PhotoQuery,
      offset,
      limit: z.number().int().min(1).max(500),
      patience: z.number().int().min(0).max(60_000).optional(),
    }),
  )
  .output(
    z.object({
      total: z.number().int(),
      photos: z.array(PhotoSummary),
      searching: z.object({ ready: z.number().int(), albums: z.number().int() }).optional(),
    }),
  )

/** The photos of a stretch of a view in its order, for selections that reach beyond what has been loaded. */
const refs = base
  .input(z.object({ view: PhotoQuery, offset, limit: z.number().int().min(1).max(200_000) }))
  .output(z.array(PhotoRef))

/** The cameras of a view's photos (without regard to its filter), most used first. */
const cameras = base.input(z.object({ album: AlbumId.nullable() })).output(z.array(CameraCount))

/** How many photos of an album, or of all that the caller may read, were taken in each month, the last one first. */
const months = base.input(z.object({ album: AlbumId.nullable() })).output(z.array(MonthCount))

/**
 * How many photos of a view were taken on each day by the clock where they were taken, the first day first: what a calendar shows.
 * What is known to be of a month or a year, and no more, is counted as that. There are none of the trash.
 */
const days = base.input(z.object({ view: PhotoQuery })).output(z.array(DayCount))

/**
 * How many photos of a view that is ordered by a date stand in each month or day of it, and in years or months of which no more is known, in its order and by the clock where they were
 * taken: what headings and a timeline are made of. Nothing for other views, and for galleries too large for the server's memory.
 */
const timeline = base.input(z.object({ view: PhotoQuery, by: TimeStep })).output(Timeline)

/**
 * Where the photos of a view were taken, as a map shows it: those of a part of the world at a zoom, put together where they would hide
 * one another. At zoom 0 the world is 256 pixels wide, at each further one twice as wide. Nothing of the trash.
 */
const places = base
  .input(z.object({ view: PhotoQuery, bounds: PlaceBounds, zoom: z.number().min(0).max(20) }))
  .output(PhotoPlaces)

/** The towns that the photos of an album, or all that the caller may read, were taken near, those with the most photos first. */
const towns = base.input(z.object({ album: AlbumId.nullable() })).output(z.array(TownCount))

/** Towns of the world whose names begin as a text does, the largest first; the country may follow behind a comma. */
const findTowns = base.input(z.object({ text: z.string().max(100) })).output(z.array(FoundTown))

/** A search with the nearest words in place of those that are found nowhere; null where there is none. */
const nearest = base
  .input(z.object({ album: AlbumId.nullable(), text: z.string().max(200) }))
  .output(z.object({ text: z.string().nullable() }))

/** In which of the caller's albums photos are, the trash included. Those that are nowhere are left out. */
const locate = base
  .input(z.object({ photos: z.array(PhotoId).max(20_000) }))
  .output(z.array(z.object({ photo: PhotoId, album: AlbumId, trashed: z.boolean() })))

/** Everything that is known of one photo. */
const show = refusing('NOT_FOUND')
  .input(z.object({ album: AlbumId, photo: PhotoId }))
  .output(PhotoDetails)

/** What some photos have in common, and where they differ. Those that are nowhere, or damaged, are left out. */
const common = base.input(z.object({ photos: z.array(PhotoRef).max(20_000) })).output(SharedDetails)

/** The files of a photo, of which there are several where it is a stack: the one that shows first. */
const files = refusing('NOT_FOUND')
  .input(z.object({ album: AlbumId, photo: PhotoId }))
  .output(z.array(StackedFile))

/** Everything that is known of the photos of one album, by time taken. */
const list = base
  .input(z.object({ album: AlbumId, offset, limit: z.number().int().min(1).max(1000) }))
  .output(z.array(PhotoDetails))

/** Everything that is known of the photos of a view, in its order. */
const details = base
  .input(z.object({ view: PhotoQuery, offset, limit: z.number().int().min(1).max(1000) }))
  .output(z.array(PhotoDetails))

/**
 * Photos of which one is enough, in an album or in all that the caller may read. `threshold`: how unlike two pictures may look
 * and count as alike: 0.1 for copies, 0.4 for another exposure; null: only files with the same bytes.
 */
const duplicates = base
  .input(z.object({ album: AlbumId.nullable(), threshold: z.number().min(0).max(1).nullable() }))
  .output(Duplicates)

export const photos = {
  duplicates,
  page,
  refs,
  cameras,
  months,
  days,
  timeline,
  places,
  towns,
  findTowns,
  nearest,
  locate,
  files,
  show,
  common,
  list,
  details,
}
