import { previewFor, type PreviewSize } from '../../shared/domain/preview-sizes.ts'

/** So much a picture may be stretched before it is seen. */
const unseen = 1.1

/** What shows a photo sharp: a preview, and beyond what any of them has, or at 100 %, the original. */
export interface Needed {
  preview: PreviewSize
  original: boolean
}

/** @param pixels Of the screen, along the photo's longest side. */
export const neededFor = (photo: { width: number; height: number }, pixels: number): Needed => {
  const longest = Math.max(photo.width, photo.height)
  const preview = previewFor(Math.min(pixels, longest) / unseen)
  return { preview, original: pixels > longest - 1 || pixels > preview * unseen }
}
