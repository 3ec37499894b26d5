/** Longest sides of the previews that are made of a photo, in pixels, the smallest first. */
export const previewSizes = [640, 1280, 2560] as const

export type PreviewSize = (typeof previewSizes)[number]

interface Size {
  width: number
  height: number
}

/** How large the preview of a photo is, in pixels: never larger than the photo itself. */
export const sizeOfPreview = ({ width, height }: Size, size: PreviewSize): Size => {
  const scale = Math.min(1, size / Math.max(1, width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The previews of a photo that differ: of a small one the larger are no larger than itself. */
export const previewsOf = ({ width, height }: Size): PreviewSize[] =>
  previewSizes.filter((_, i) => i === 0 || (previewSizes[i - 1] ?? 0) < Math.max(width, height))

/** The smallest preview that has so many pixels along its longest side; the largest where none has. */
export const previewFor = (pixels: number): PreviewSize => previewSizes.find((size) => size >= pixels) ?? 2560
