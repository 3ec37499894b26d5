import type { PreviewSize } from '../../../shared/domain/preview-sizes.ts'
import type { FileIdentity } from '../index/file-identity.ts'
import { bothDigests, type Content } from '../index/first-digest.ts'
import { shrinkAnyhow } from './image.ts'
import { PictureError } from './picture-error.ts'
import { openPicture, plainJpeg } from './picture-source.ts'
import { withPicture } from './read-photo.ts'
import { sharp } from './sharp.ts'
import { visitorMark } from './visitor-mark.ts'

/** A preview, and the content that it was made of. */
export interface MadePreview extends Required<Content> {
  /** JPEG; WebP of a picture that is not opaque. */
  bytes: Uint8Array
}

/** JPEG is encoded and shown several times as fast as WebP, and hardly larger. */
const quality = 80

/** The chunk that has a PNG move, which stands before its picture. */
const pngMoves = (file: Buffer) => file.subarray(0, file.indexOf('IDAT')).includes('acTL')

/** Its first picture is not all there is to see: only the file itself shows that. */
const moves = async (file: Buffer, type: string): Promise<boolean> => {
  if (type === 'image/png') return pngMoves(file)
  if (type !== 'image/gif' && type !== 'image/webp') return false
  return ((await sharp(file, { failOn: 'none', limitInputPixels: false }).metadata()).pages ?? 1) > 1
}

/**
 * The picture of a file in sRGB and the right way up, its longest side as long as `size`, or as it is where it is smaller.
 * `mark`: words that it carries. Throws PictureError where it cannot be decoded, moves, or is not the file any more whose path was checked.
 */
export const previewFile = (
  path: string,
  identity: FileIdentity,
  size: PreviewSize,
  mark: string | null,
): Promise<MadePreview> =>
  withPicture(path, identity, async (file, type) => {
    const content = bothDigests(file)
    if (await moves(file, type)) throw new PictureError({ id: 'previewMoves' })
    const source = plainJpeg(file, type) ?? (await openPicture(file, type, size))
    const { data, info } = (await shrinkAnyhow(source, size)).pixels
    const { width, height, channels } = info
    const picture = sharp(data, { raw: { width, height, channels: channels as 3 } })
    const isOpaque = channels === 1 || channels === 3
    const marked = mark === null ? picture : picture.composite(await visitorMark(mark, { width, height }))
    const image = isOpaque && mark !== null ? marked.removeAlpha() : marked
    const encoded = isOpaque
      ? image.jpeg({ quality, optimiseCoding: false })
      : image.webp({ quality, effort: 0 })
    return { ...content, bytes: await encoded.toBuffer() }
  })
