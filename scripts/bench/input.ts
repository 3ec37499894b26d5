import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { root, sized } from './common.ts'

const syntheticCount = sized(36, 8)
const usualSize = { width: 3000, height: 2000 }

/** Where photographs with known contents lie beside some clones. */
const realPhotos = join(root, '../shared/photos')

export interface SourcePhotos {
  /** Paths of JPEGs, each with contents of its own. */
  files: string[]
  /** What they are, for the report: `real` or `synthetic`. */
  kind: 'real' | 'synthetic'
}

/** One JPEG, of 6 megapixels: noise over two colours, so that it costs a decoder and an encoder about what a photograph does. */
export const drawOne = async (file: string, n: number, { width, height } = usualSize) => {
  const noise = await sharp({
    create: {
      width: width / 4,
      height: height / 4,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .resize(width, height)
    .png({ compressionLevel: 1 })
    .toBuffer()
  const shapes = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="60%" fill="hsl(${n * 37} 50% 60%)"/>
    <rect y="60%" width="100%" height="40%" fill="hsl(${n * 37 + 120} 40% 35%)"/></svg>`
  const minute = String(n % 60).padStart(2, '0')
  await sharp(Buffer.from(shapes))
    .composite([{ input: noise, blend: 'soft-light' }])
    .withExif({
      IFD0: { Make: 'Bench', Model: 'Bench 1' },
      IFD2: {
        DateTimeOriginal: `2024:05:06 07:${minute}:00`,
        OffsetTimeOriginal: '+02:00',
        LensModel: 'Bench 24-70 mm f/2.8',
        FNumber: '28/10',
        ExposureTime: '1/250',
      },
    })
    .jpeg({ quality: 88 })
    .toFile(file)
}

/** Photographs where some lie beside the clone, photos that sharp draws into `folder` elsewhere. */
export const sourcePhotos = async (folder: string, realFolders: string[]): Promise<SourcePhotos> => {
  const folders = realFolders.map((name) => join(realPhotos, name))
  if (folders.every((one) => existsSync(one)))
    return { kind: 'real', files: folders.flatMap((one) => readdirSync(one).map((name) => join(one, name))) }
  mkdirSync(folder, { recursive: true })
  const files = Array.from({ length: syntheticCount }, (_, n) => join(folder, `synthetic-${n}.jpg`))
  for (const [n, file] of files.entries()) await drawOne(file, n)
  return { kind: 'synthetic', files }
}
