import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import sharp from 'sharp'

export interface Drawn {
  width?: number
  height?: number
  /** Two photos of other hues have other contents. */
  hue?: number
  /** EXIF, e.g. `2024:05:06 07:08:09`. */
  taken?: string
  /** Whole degrees north and east. */
  place?: [north: number, east: number]
}

/** Makes a JPEG with EXIF: its left half is of one colour, its right half of another. */
export const drawPhoto = async (
  file: string,
  { width = 600, height = 400, hue = 20, taken, place }: Drawn = {},
): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="50%" height="100%" fill="hsl(${hue} 60% 40%)"/>
    <rect x="50%" width="50%" height="100%" fill="hsl(${hue + 90} 60% 70%)"/></svg>`
  const exif = taken === undefined ? {} : { IFD2: { DateTimeOriginal: taken, OffsetTimeOriginal: '+02:00' } }
  const [north, east] = (place ?? []).map((degrees) => `${degrees}/1 0/1 0/1`)
  const ref = { GPSLatitudeRef: 'N', GPSLongitudeRef: 'E' }
  const gps = north && east ? { IFD3: { ...ref, GPSLatitude: north, GPSLongitude: east } } : {}
  await sharp(Buffer.from(svg))
    .withExif({ IFD0: { Make: 'Test', Model: 'Box' }, ...exif, ...gps })
    .jpeg()
    .toFile(file)
}

/** Makes `count` different photos in a folder. */
export const drawPhotos = async (folder: string, count: number, from = 0): Promise<void> => {
  for (let n = from; n < from + count; n++)
    await drawPhoto(`${folder}/photo-${n}.jpg`, {
      hue: (n * 37) % 360,
      width: 300 + n,
      taken: `2024:05:06 07:08:${String(n % 60).padStart(2, '0')}`,
    })
}
