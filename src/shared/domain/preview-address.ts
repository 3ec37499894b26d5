import type { PreviewSize } from './preview-sizes.ts'
import type { Tile } from './tiles.ts'

/** Says what a preview is wanted for: `screen` for the photo on screen, `ahead` for one that may be next; absent for a cell. */
export const urgencyHeader = 'x-cimaise-urgency'

/** Names the content in the place of its digest, where the page knows none. */
const unknownContent = 'current'

/** A photo, and what is known of its content. */
interface AddressedPhoto {
  album: string
  id: string
  digest: string | null
}

const contentOf = ({ album, id, digest }: AddressedPhoto) =>
  `${digest ?? unknownContent}?photo=${encodeURIComponent(album)}/${encodeURIComponent(id)}`

/** A preview's address, relative to the page: its size and content, and the photo by which the right to see it is known. */
export const previewUrl = (photo: AddressedPhoto, size: PreviewSize): string =>
  `preview/${size}/${contentOf(photo)}`

/** The same of a tile. */
export const tileUrl = (photo: AddressedPhoto, { divisor, column, row }: Tile): string =>
  `tile/${divisor}-${column}-${row}/${contentOf(photo)}`
