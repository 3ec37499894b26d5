import { wholeOf, type Shape } from '../adjust/whole.ts'
import { previewFor, type PreviewSize } from '../../shared/domain/preview-sizes.ts'

/** So much a picture may be stretched before it is seen. */
const unseen = 1.1

/** What shows a photo sharp: a preview, and beyond what any of them has, or at 100 %, the original. */
export interface Needed {
  preview: PreviewSize
  original: boolean
}

/**
 * Previews are of the whole picture: where a part of it is seen, as much more of them is needed.
 *
 * @param pixels Of the screen, along the photo's longest side.
 */
export const neededFor = (photo: Shape, pixels: number): Needed => {
  const whole = wholeOf(photo)
  const longest = Math.max(whole.width, whole.height)
  const wholePixels = (pixels * longest) / Math.max(photo.width, photo.height, 1)
  const preview = previewFor(Math.min(wholePixels, longest) / unseen)
  return { preview, original: wholePixels > longest - 1 || wholePixels > preview * unseen }
}
