import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { initializeImageMagick, MagickImage, MagickReadSettings } from '@imagemagick/magick-wasm'

/** Formats that ImageMagick can write, and sharp cannot. */
export type WrittenFormat = 'JXL' | 'PSD' | 'PSB' | 'JP2' | 'J2K' | 'TGA' | 'QOI' | 'BMP'

/** A picture that sharp wrote, in a format that it cannot write. */
export const writeByMagick = async (
  bytes: Buffer,
  format: WrittenFormat,
  from: 'PNG' | 'TIFF' = 'PNG',
): Promise<Buffer> => {
  const require = createRequire(import.meta.url)
  await initializeImageMagick(readFileSync(require.resolve('@imagemagick/magick-wasm/magick.wasm')))
  const image = MagickImage.create()
  image.read(bytes, new MagickReadSettings({ format: from }))
  const written = image.write(format, (data) => Buffer.from(data))
  image.dispose()
  return written
}
