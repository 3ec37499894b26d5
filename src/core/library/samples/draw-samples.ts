import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sharp, SharpOptions } from 'sharp'
import { city, coast, mountains, type Scene } from './scenes.ts'

/** sharp as it is handed in: only one module imports it. */
type MakeImage = (input: Buffer | SharpOptions, options?: SharpOptions) => Sharp

interface Album {
  folder: string
  draw: (scene: Scene) => string
  prefix: string
  /** Day of the first photo, in the zone `offset`. */
  day: string
  hour: number
  offset: string
  /** Degrees and minutes of arc, north and east. */
  place: [lat: [number, number], lon: [number, number]] | null
  lens: string
  settings: { exposure: string; aperture: string; iso: string; focal: string }
}

const albums: Album[] = [
  {
    folder: 'Coast',
    draw: coast,
    prefix: 'CST',
    day: '2025-06-14',
    hour: 20,
    offset: '+02:00',
    place: [
      [42, 34],
      [8, 45],
    ],
    lens: 'Sample 24-70 mm f/2.8',
    settings: { exposure: '1/250', aperture: '8/1', iso: '100', focal: '35/1' },
  },
  {
    folder: 'Mountains',
    draw: mountains,
    prefix: 'MTN',
    day: '2025-09-02',
    hour: 7,
    offset: '+02:00',
    place: [
      [45, 55],
      [6, 52],
    ],
    lens: 'Sample 70-200 mm f/4',
    settings: { exposure: '1/500', aperture: '56/10', iso: '200', focal: '135/1' },
  },
  {
    folder: 'City at night',
    draw: city,
    prefix: 'CTY',
    day: '2025-11-21',
    hour: 18,
    offset: '+01:00',
    place: null,
    lens: 'Sample 50 mm f/1.8',
    settings: { exposure: '13/10', aperture: '4/1', iso: '800', focal: '50/1' },
  },
]

const photosInAlbum = 6

const isPortrait = (n: number) => n === 2 || n === 5

/** One photo lies on its side in the file, as a turned camera writes it, with the EXIF orientation that rights it. */
const isTurned = (n: number) => n === 5

const exifOf = ({ day, hour, offset, place, lens, settings }: Album, n: number) => {
  const time = `${day.replaceAll('-', ':')} ${String(hour).padStart(2, '0')}:${String(7 + n * 8).padStart(2, '0')}:1${n}`
  const arc = ([degrees, minutes]: [number, number], seconds: number) =>
    `${degrees}/1 ${minutes}/1 ${seconds}/1`
  return {
    IFD0: { Make: 'Cimaise', Model: 'Sample camera', ImageDescription: 'Drawn by Cimaise' },
    IFD2: {
      DateTimeOriginal: time,
      OffsetTimeOriginal: offset,
      ExposureTime: settings.exposure,
      FNumber: settings.aperture,
      ISOSpeedRatings: settings.iso,
      FocalLength: settings.focal,
      LensModel: lens,
    },
    ...(place && {
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: arc(place[0], n * 7),
        GPSLongitudeRef: 'E',
        GPSLongitude: arc(place[1], n * 5),
      },
    }),
  }
}

/** A tile of film grain. */
const grain = (image: MakeImage) =>
  image({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 9 },
    },
  })
    .png()
    .toBuffer()

const develop = async (album: Album, at: number, n: number, image: MakeImage): Promise<Buffer> => {
  const [width, height] = isPortrait(n) ? [1200, 1800] : [1800, 1200]
  const drawing = Buffer.from(album.draw({ width, height, seed: 1000 * (at + 1) + 77 * n }))
  const flat = await image(drawing).flatten().raw().toBuffer({ resolveWithObject: true })
  const grained = await image(flat.data, { raw: flat.info })
    .composite([{ input: await grain(image), tile: true, blend: 'soft-light' }])
    .raw()
    .toBuffer({ resolveWithObject: true })
  const developed = image(grained.data, { raw: grained.info }).flatten()
  const turned = isTurned(n) ? developed.rotate(270) : developed
  return turned
    .withExif(exifOf(album, n))
    .withMetadata(isTurned(n) ? { orientation: 6 } : {})
    .jpeg({ quality: 88 })
    .toBuffer()
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

const drawAlbum = async (directory: string, album: Album, at: number, image: MakeImage) => {
  const folder = join(directory, album.folder)
  await mkdir(folder, { recursive: true })
  for (let n = 0; n < photosInAlbum; n++) {
    const file = join(folder, `${album.prefix}_${String(4101 + n * 3)}.jpg`)
    if (await exists(file)) continue
    await writeFile(`${file}.part`, await develop(album, at, n, image))
    await rename(`${file}.part`, file) // the watcher never meets half a picture
  }
}

/** Draws the sample photos into three folders of a directory. What is there already is left alone. */
export const drawSamples = async (directory: string, image: MakeImage): Promise<void> => {
  await Promise.all(albums.map((album, at) => drawAlbum(directory, album, at, image)))
}
