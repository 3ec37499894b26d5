import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import sharp from 'sharp'
import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { openLibrary } from '../../../src/core/library/watched-library.ts'
import type { Gallery } from '../../../src/core/gallery/gallery.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { listPhotos } from '../../../src/core/photos/photos.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { readThumb } from '../../../src/core/thumbnails/read-thumbnail.ts'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'

const beside = resolve(import.meta.dirname, '../../../../shared/photos')
const present = existsSync(join(beside, 'manifest.json'))
const folder = present ? realpathSync(beside) : beside

interface Truth {
  path: string
  mime: string | null
  width: number | null
  height: number | null
  orientation: number | null
  dateTimeOriginal: string | null
  exif: Record<string, string | number>
}

const readable = /^image\/(jpeg|png|webp|avif|gif|tiff|heic|heif|bmp|x-.*)$/

/** Files that no decoder here can make a picture of, although exiftool finds a size in their headers. */
const undecodable = new Set([
  'formats/multipage_rgb.tif',
  // Made by fuzzing: cut, or with boxes that make no sense.
  'heic/IllegalArgumentException.HeifReader.processBoxes.heif',
  'heic/NullPointerException.HeifPictureHandler.processBox.heif',
  // Coded as `unci`, which is no camera's.
  'heic/rgb_generic_compressed_brotli.heif',
  'heic/rgb_generic_compressed_tile_deflate.heif',
  'heic/rgb_generic_compressed_zlib_rows.heif',
  // Headers of RAW files, without previews and data.
  'raw/CanonRaw.cr3',
  'raw/DNG.dng',
  'raw/Minolta.mrw',
])

/** Their dates and places are in maker notes alone, each maker's in a way of its own, which are not read. */
const toldByMaker = new Set([
  'camera/FLIR iPhone device.jpg',
  'metadata/CasioQVCI.jpg',
  'metadata/Reconyx_HC500_Hyperfire.jpg',
])

describe.skipIf(!present)(
  'the photos with independent ground truth (skipped where they are not beside the project)',
  () => {
    const truths = present ? (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Truth[]) : []
    const home = mkdtempSync(join(tmpdir(), 'cimaise-manifest-'))
    const photos = new Map<string, PhotoDetails>()
    const failures = new Map<string, string>()
    let gallery: Gallery
    let session: Session

    beforeAll(async () => {
      gallery = await openGallery({ env: cleanEnvironment({ CIMAISE_HOME: home }) })
      session = await gallery.self()
      const library = await openLibrary(session, gallery.home, { watch: false, decoder: sharedDecoder() })
      await library.add([folder])
      await library.settled()
      for (const { path, reason } of await library.failures()) failures.set(relative(folder, path), reason)
      for (const { id } of await listAlbums(session))
        for (const photo of await listPhotos(session, id, 0, 1000))
          photos.set(relative(folder, photo.path), photo)
      await library.close()
    }, 120_000)

    afterAll(async () => {
      await gallery.close()
      rmSync(home, { recursive: true, force: true, maxRetries: 10 })
    })

    const expected = truths.filter(
      ({ path, mime, width }) =>
        readable.test(mime ?? '') && width !== null && !path.startsWith('hostile/') && !undecodable.has(path),
    )

    test('every picture that is whole is a photo with a thumbnail', async () => {
      expect(expected.length).toBeGreaterThan(145)
      for (const { path } of expected) {
        const photo = photos.get(path)
        expect(photo?.thumb, `${path}: ${failures.get(path) ?? ''}`).toBeTruthy()
        const { format, width, height } = await sharp(await readThumb(session, photo?.thumb ?? '')).metadata()
        expect(format).toBe('webp')
        // Of some RAW files a preview of 8 pixels is all that is left.
        if (!path.startsWith('raw/'))
          expect(Math.max(width, height), path).toBe(
            Math.min(320, Math.max(photo?.width ?? 0, photo?.height ?? 0)),
          )
        expect(width >= height, path).toBe((photo?.width ?? 0) >= (photo?.height ?? 0))
      }
    })

    test('size, orientation, date and camera are those that exiftool reads', () => {
      const read = expected.map(({ path }) => {
        const photo = photos.get(path)
        return {
          path,
          size: [photo?.width, photo?.height],
          date: photo?.takenAt?.slice(0, 19) ?? null,
          camera: photo?.camera ?? '',
          orientation: photo?.orientation,
        }
      })
      const wrong = read.flatMap(({ path, size, date, camera, orientation }) => {
        const truth = truths.find((other) => other.path === path)
        if (!truth) return [path]
        const iso = truth.dateTimeOriginal
          ?.slice(0, 19)
          .replace(/^(\d+):(\d+):/, '$1-$2-')
          .replace(' ', 'T')
        const model = String(truth.exif['Model'] ?? '')
          .trim()
          .slice(0, 12)
        return [
          ...(size[0] === truth.width && size[1] === truth.height
            ? []
            : [`${path}: ${size.join('x')} for ${truth.width}x${truth.height}`]),
          ...(truth.dateTimeOriginal === null || toldByMaker.has(path) || date === iso
            ? []
            : [`${path}: ${date} for ${truth.dateTimeOriginal}`]),
          ...(model === '' || camera.includes(model) ? [] : [`${path}: ${camera} for ${model}`]),
          ...((orientation ?? 1) === (truth.orientation || 1)
            ? []
            : [`${path}: orientation ${orientation} for ${truth.orientation}`]),
        ]
      })
      expect(wrong).toEqual([])
    })

    test('the place is the one that exiftool reads', () => {
      const placed = expected.filter(
        ({ path, exif }) => exif['GPSLatitude'] && exif['GPSLongitude'] && !toldByMaker.has(path),
      )
      expect(placed.length).toBeGreaterThan(10)
      for (const { path, exif } of placed) {
        expect(photos.get(path)?.latitude, path).toBeCloseTo(Number(exif['GPSLatitude']), 4)
        expect(photos.get(path)?.longitude, path).toBeCloseTo(Number(exif['GPSLongitude']), 4)
      }
    })

    test.each(['Landscape', 'Portrait'])(
      'all eight orientations of %s have the same thumbnail, the right way up',
      async (name) => {
        const pixels = async (n: number) => {
          const thumb = await readThumb(session, photos.get(`orientation/${name}_${n}.jpg`)?.thumb ?? '')
          return sharp(thumb).resize(16, 16, { fit: 'fill' }).greyscale().raw().toBuffer()
        }
        const upright = await pixels(1)
        for (let n = 2; n <= 8; n++) {
          const turned = await pixels(n)
          const distance =
            turned.reduce((sum, value, i) => sum + Math.abs(value - (upright[i] ?? 0)), 0) / turned.length
          expect(distance, `${name}_${n}`).toBeLessThan(6)
        }
      },
    )

    test('every hostile file ends as a photo or as a failure in plain words, and the gallery is well afterwards', async () => {
      const hostile = truths.filter(({ path }) => path.startsWith('hostile/'))
      expect(hostile.length).toBeGreaterThan(90)
      for (const { path } of hostile) {
        expect(photos.has(path) || failures.has(path), path).toBe(true)
        if (failures.has(path)) expect(failures.get(path), path).toMatch(/^[A-Z].{8,250}$/)
      }
      for (const { path } of hostile.filter(({ path }) => /zero|text|cut-header|noise|bomb-/.test(path)))
        expect(failures.get(path), path).toBeTruthy()
      expect(await session.redis.ping()).toBe('PONG')
    })
  },
)
