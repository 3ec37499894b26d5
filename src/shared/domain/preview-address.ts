import type { PreviewSize } from './preview-sizes.ts'

/** Says what a preview is wanted for: `screen` for the photo on screen, `ahead` for one that may be next; absent for a cell. */
export const urgencyHeader = 'x-cimaise-urgency'

/** Names the content in the place of its digest, where the page knows none. */
const unknownContent = 'current'

/** A preview's address: its size and content, and the photo by which the right to see it is known. */
export const previewUrl = (
  { album, id, digest }: { album: string; id: string; digest: string | null },
  size: PreviewSize,
): string =>
  `/preview/${size}/${digest ?? unknownContent}?photo=${encodeURIComponent(album)}/${encodeURIComponent(id)}`
