import type { PhotoSummary } from '../../shared/schemas/photo.ts'

/** What is shown of a photo, and of how much. */
export type Shape = Pick<PhotoSummary, 'width' | 'height' | 'adjusted'>

/** How large the whole picture is that the file has, of which thumbnails, previews and tiles are made. */
export const wholeOf = ({ width, height, adjusted }: Shape): { width: number; height: number } =>
  adjusted ?? { width, height }

/** A photo as its file has it, whatever was adjusted. */
export const untouchedOf = <P extends Shape>(photo: P): P => {
  const { width, height } = wholeOf(photo)
  return { ...photo, width, height, adjusted: null }
}
