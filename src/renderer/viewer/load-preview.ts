import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import { previewUrl, urgencyHeader } from '../../shared/domain/preview-address.ts'
import type { PreviewSize } from '../../shared/domain/preview-sizes.ts'

/** A preview that is decoded: where its image is put into the page it is seen in the next frame. */
export interface LoadedPreview {
  size: PreviewSize
  image: HTMLImageElement
  /** Nothing is seen through it. */
  opaque: boolean
  /** Lets go of its memory. */
  drop: () => void
}

/**
 * Fetches a preview and decodes it. Throws AbortError where the signal says so, and anything else where there is none: its
 * original is not here, or cannot be read.
 */
export const loadPreview = async (
  photo: PhotoSummary,
  size: PreviewSize,
  urgency: 'screen' | 'ahead',
  signal: AbortSignal,
): Promise<LoadedPreview> => {
  const response = await fetch(previewUrl(photo, size), {
    headers: { [urgencyHeader]: urgency },
    priority: urgency === 'ahead' ? 'low' : 'high',
    signal,
  })
  if (!response.ok) throw new Error(`No preview: ${response.status}.`)
  const blob = await response.blob()
  const url = URL.createObjectURL(blob)
  const image = new Image()
  const drop = () => {
    image.src = ''
    URL.revokeObjectURL(url)
  }
  try {
    image.src = url
    image.alt = ''
    image.draggable = false
    image.className = 'preview'
    await image.decode()
    signal.throwIfAborted()
  } catch (error) {
    drop()
    throw error
  }
  return { size, image, opaque: blob.type === 'image/jpeg', drop }
}
