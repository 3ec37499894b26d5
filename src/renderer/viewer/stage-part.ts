import type { Rect } from '../../shared/domain/tiles.ts'

/**
 * What of a photo is on a stage.
 *
 * @param box Where the photo lies on it, in CSS pixels. @param scale CSS pixels for one pixel of the photo. @returns In pixels of the photo.
 */
export const stagePart = (
  { left, top, width, height }: Rect,
  stage: { width: number; height: number },
  scale: number,
): Rect => {
  const [from, to] = [Math.max(0, -left), Math.min(width, stage.width - left)]
  const [above, below] = [Math.max(0, -top), Math.min(height, stage.height - top)]
  return {
    left: from / scale,
    top: above / scale,
    width: Math.max(0, to - from) / scale,
    height: Math.max(0, below - above) / scale,
  }
}
