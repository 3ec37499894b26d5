/** The one module that imports ImageMagick (docs/adr/0014): what sharp does not read is decoded by it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type * as Package from '@imagemagick/magick-wasm'
import type { Bitmap } from './tiff-wrap.ts'

/** The decoders that may be asked, by name: nothing is ever left to ImageMagick's own guess. */
export type MagickFormat =
  'HEIC' | 'AVIF' | 'JXL' | 'PSD' | 'PSB' | 'JP2' | 'J2K' | 'TGA' | 'QOI' | 'BMP' | 'TIFF' | 'DNG'

/** Longest side of a picture, in pixels; the decoder's memory, in bytes, of at most 4 GiB in all. */
const limits = { side: 65_500n, memory: 2n * 1024n ** 3n }

/** WebAssembly never gives memory back: an instance that grew beyond this, in bytes, is left for a new one. */
const maxKeptBytes = 400 * 1024 ** 2

type Magick = typeof Package

/** The instance is private to the package; it is set here to let go of one that has grown or broken down. */
interface Instance {
  _api: { HEAPU8: Uint8Array } | undefined
}

/** Compiled once, of which each instance is made. The types of Node leave it out. */
declare const WebAssembly: { compile: (bytes: Uint8Array) => Promise<object> }

let loaded: { module: object; magick: Magick } | undefined

const load = async (): Promise<Magick> => {
  if (!loaded) {
    const file = createRequire(import.meta.url).resolve('@imagemagick/magick-wasm/magick.wasm')
    const [magick, module] = await Promise.all([
      import('@imagemagick/magick-wasm'),
      WebAssembly.compile(readFileSync(file)),
    ])
    loaded = { magick, module }
  }
  const { magick, module } = loaded
  await magick.initializeImageMagick(module as Parameters<Magick['initializeImageMagick']>[0])
  Object.assign(magick.ResourceLimits, {
    width: limits.side,
    height: limits.side,
    area: limits.memory,
    memory: limits.memory,
    disk: 0n,
  })
  return magick
}

let collect: (() => void) | undefined

/** The next call makes a new instance, which takes some 40 ms. */
const letGo = ({ ImageMagick }: Magick) => {
  ;(ImageMagick as unknown as Instance)._api = undefined
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}

const isGrown = ({ ImageMagick }: Magick) =>
  ((ImageMagick as unknown as Instance)._api?.HEAPU8.length ?? 0) > maxKeptBytes

/** Errors of the decoder itself are reports on the file; any other one leaves the instance in an unknown state. */
const use = async <T>(work: (magick: Magick, image: Package.IMagickImage) => T): Promise<T> => {
  const magick = await load()
  let broken = true
  try {
    const image = magick.MagickImage.create()
    const result = work(magick, image)
    image.dispose()
    broken = false
    return result
  } catch (error) {
    broken = !(error instanceof magick.MagickError)
    throw error
  } finally {
    if (broken || isGrown(magick)) letGo(magick)
  }
}

const readSettings = ({ MagickReadSettings }: Magick, format: MagickFormat) =>
  new MagickReadSettings({ format, frameIndex: 0, frameCount: 1 })

const profileOf = (image: Package.IMagickImage, name: string) => {
  const data = image.getProfile(name)?.data
  return data?.length ? Buffer.from(data) : null
}

/** Channels to ask for, so that the numbers are those that the profile belongs to. */
const channelsOf = ({ ColorSpace }: Magick, image: Package.IMagickImage, icc: Buffer | null) => {
  if (image.colorSpace === ColorSpace.CMYK) return 'CMYK'
  const ofGreys = icc?.toString('latin1', 16, 20) === 'GRAY'
  if (image.colorSpace === ColorSpace.Gray || ofGreys) return image.hasAlpha ? 'IA' : 'I'
  if (image.colorSpace !== ColorSpace.sRGB) image.colorSpace = ColorSpace.sRGB
  return image.hasAlpha ? 'RGBA' : 'RGB'
}

/** Size of a picture by its header, in pixels. Throws what the decoder throws. */
export const magickSize = (bytes: Buffer, format: MagickFormat): Promise<{ width: number; height: number }> =>
  use((magick, image) => {
    image.ping(bytes, readSettings(magick, format))
    return { width: image.width, height: image.height }
  })

/** The first or only picture of a file, whole. Throws what the decoder throws. */
export const magickPixels = (bytes: Buffer, format: MagickFormat): Promise<Bitmap> =>
  use((magick, image) => {
    image.read(bytes, readSettings(magick, format))
    const { width, height } = image
    // The decoders of the others turn what they read, or have nothing to turn.
    const orientation = format === 'JXL' || format === 'TIFF' ? image.orientation || 1 : 1
    const icc = profileOf(image, 'icc')
    const names = channelsOf(magick, image, icc)
    const data = image.getPixels((pixels) => pixels.toByteArray(0, 0, width, height, names))
    if (!data) throw new Error('no pixels')
    return { data, width, height, channels: names.length, cmyk: names === 'CMYK', icc, orientation }
  })

/** What LibRaw tells of a RAW without decoding it. */
export interface RawPreview {
  /** As the sensor lies. */
  width: number
  height: number
  /** The largest preview that the camera put in: a JPEG, or pixels. */
  preview: Buffer | Bitmap | null
}

const bitmapOf = (image: Package.IMagickImage, data: Buffer): Bitmap | null => {
  const [, width = 0, height = 0] =
    /^(\d+)x(\d+)$/.exec(image.getAttribute('dng:thumbnail.geometry') ?? '')?.map(Number) ?? []
  const channels = Number(image.getAttribute('dng:thumbnail.colors'))
  const fits = image.getAttribute('dng:thumbnail.bits') === '8' && data.length === width * height * channels
  return fits && (channels === 1 || channels === 3) ? { data, width, height, channels } : null
}

/** The largest preview in a RAW of any maker that LibRaw knows. Throws what the decoder throws. */
export const rawPreview = (bytes: Buffer): Promise<RawPreview> =>
  use((magick, image) => {
    const settings = readSettings(magick, 'DNG')
    settings.setDefine(magick.MagickFormat.Dng, 'read-thumbnail', 'true')
    image.ping(bytes, settings)
    const data = profileOf(image, 'dng:thumbnail')
    const isJpeg = image.getAttribute('dng:thumbnail.type') === 'jpeg'
    const preview = data && (isJpeg ? data : bitmapOf(image, data))
    return { width: image.width, height: image.height, preview }
  })
