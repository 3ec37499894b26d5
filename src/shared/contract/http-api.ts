import { oc } from '@orpc/contract'
import { z } from 'zod'
import { previewSizes } from '../domain/preview-sizes.ts'
import { Album } from '../schemas/album.ts'
import { AlbumId, PhotoId } from '../schemas/ids.ts'
import { PhotoDetails, PhotoSort, PhotoSummary, TagCount } from '../schemas/photo.ts'
import { refusals } from './base.ts'

/*
 * What scripts may read over HTTP (docs/http-api.md). It is made of the contract's own shapes; what stands here is promised to programs that
 * others write, so it says less of a photo than the page needs.
 */

const api = oc.errors(refusals('FORBIDDEN', 'NOT_FOUND', 'INVALID', 'UNAVAILABLE'))

const AlbumInfo = Album.pick({
  id: true,
  title: true,
  description: true,
  photos: true,
  cover: true,
  public: true,
})

const shown = {
  id: true,
  album: true,
  title: true,
  width: true,
  height: true,
  takenAt: true,
  addedAt: true,
  rating: true,
  flag: true,
  label: true,
  video: true,
  duration: true,
} as const

const PhotoInfo = PhotoSummary.pick(shown)

const PhotoMore = PhotoDetails.pick({
  ...shown,
  type: true,
  bytes: true,
  caption: true,
  tags: true,
  camera: true,
  lens: true,
  aperture: true,
  exposureTime: true,
  iso: true,
  focalLength: true,
  latitude: true,
  longitude: true,
  altitude: true,
  creator: true,
  copyright: true,
})

const offset = z.coerce.number().int().min(0).default(0)
const limit = z.coerce.number().int().min(1).max(500).default(100)
const flag = z.enum(['true', 'false']).default('false')

const Photos = z.object({ total: z.number().int(), photos: z.array(PhotoInfo) })

const albums = api
  .route({ method: 'GET', path: '/albums', summary: 'The albums that may be read, by title' })
  .output(z.array(AlbumInfo))

const album = api
  .route({ method: 'GET', path: '/albums/{album}', summary: 'One album' })
  .input(z.object({ album: AlbumId }))
  .output(AlbumInfo)

const photos = api
  .route({ method: 'GET', path: '/albums/{album}/photos', summary: 'A stretch of the photos of an album' })
  .input(
    z.object({
      album: AlbumId,
      sort: PhotoSort.exclude(['manual', 'status']).default('taken'),
      descending: flag,
      offset,
      limit,
    }),
  )
  .output(Photos)

const photo = api
  .route({ method: 'GET', path: '/albums/{album}/photos/{photo}', summary: 'What is known of one photo' })
  .input(z.object({ album: AlbumId, photo: PhotoId }))
  .output(PhotoMore)

const preview = api
  .route({
    method: 'GET',
    path: '/albums/{album}/photos/{photo}/preview',
    summary: 'A photo as a picture, JPEG or WebP, whose longest side has at most so many pixels',
    outputStructure: 'detailed',
  })
  .input(
    z.object({
      album: AlbumId,
      photo: PhotoId,
      size: z.enum(previewSizes.map(String) as [string, ...string[]]).default('1280'),
    }),
  )
  .output(z.object({ headers: z.record(z.string(), z.string()), body: z.file() }))

const search = api
  .route({ method: 'GET', path: '/search', summary: 'Photos that a search finds, the last taken first' })
  .input(z.object({ q: z.string().min(1).max(200), album: AlbumId.optional(), offset, limit }))
  .output(Photos)

const tags = api
  .route({ method: 'GET', path: '/tags', summary: 'The tags of these photos, with how many have each' })
  .output(z.array(TagCount))

/** The HTTP API, whose addresses are below `/api/v1`. */
export const httpApi = { albums, album, photos, photo, preview, search, tags }
