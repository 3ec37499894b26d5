import type { Context } from 'hono'
import type { Session } from '../core/gallery/session.ts'
import type { Originals } from '../core/photos/originals.ts'
import { previewName, type Previews } from '../core/previews/previews.ts'
import { tileName, type Tiles } from '../core/previews/tiles.ts'
import type { Urgency } from '../core/previews/preview-queue.ts'
import type { AskedPhoto } from '../core/thumbnails/view-thumbnail.ts'
import { previewSizes, type PreviewSize } from '../shared/domain/preview-sizes.ts'
import type { Tile } from '../shared/domain/tiles.ts'
import { urgencyHeader } from '../shared/domain/preview-address.ts'

/** A size in an address; undefined for what is none. */
export const sizeIn = (text: string): PreviewSize | undefined =>
  previewSizes.find((size) => String(size) === text)

/** A tile in an address, as `<divisor>-<column>-<row>`; undefined for what is none. */
export const tileIn = (text: string): Tile | undefined => {
  const [, divisor, column, row] = /^(\d{1,3})-(\d{1,4})-(\d{1,4})$/.exec(text) ?? []
  return divisor && column && row
    ? { divisor: Number(divisor), column: Number(column), row: Number(row) }
    : undefined
}

const typeOf = (bytes: Uint8Array) => (bytes[0] === 0xff ? 'image/jpeg' : 'image/webp')

const urgencyOf = (header: string | undefined): Urgency =>
  header === 'screen' || header === 'ahead' ? header : 'cell'

/** What the answer is kept as: of a photo's present content as it is, under an address that names it, or of something else. */
const headersOf = (name: string, isNamed: boolean) => ({
  etag: `"${name}"`,
  'cache-control': isNamed ? 'private, max-age=31536000, immutable' : 'private, no-cache',
})

/** The parts of a shell that previews and tiles are made by, for one caller. */
export interface PreviewParts {
  originals: Originals
  previews: Previews
  tiles: Tiles
  session: Session
}

export interface PictureRequest {
  asked: AskedPhoto
  /** The content that the page knows of the photo. */
  digest: string
  gone: AbortSignal
}

const sendPicture = (bytes: Uint8Array, headers: Record<string, string>) =>
  new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': typeOf(bytes), 'content-length': String(bytes.length), ...headers },
  })

/** Answers with a preview. The right is asked of Redis first, each time; what the browser has already is not sent again. */
export const sendPreview = async (
  c: Context,
  { originals, previews, session }: PreviewParts,
  { asked, digest, gone, size }: PictureRequest & { size: PreviewSize },
): Promise<Response> => {
  const known = await previews.find(originals, session, asked)
  const { entry, mark } = known
  // What a member's browser keeps for ever under this address has no watermark.
  const headers = headersOf(previewName(entry.digest, size, mark), mark === null && entry.digest === digest)
  if (c.req.header('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  const wish = { ...asked, size, gone, urgency: urgencyOf(c.req.header(urgencyHeader)) }
  const { bytes, lasting } = await previews.view(originals, session, known, wish)
  return sendPicture(bytes, lasting ? headers : { 'cache-control': 'no-store' })
}

/** The same with a tile. */
export const sendTile = async (
  c: Context,
  { originals, previews, tiles, session }: PreviewParts,
  { asked, digest, gone, tile }: PictureRequest & { tile: Tile },
): Promise<Response> => {
  const known = await previews.find(originals, session, asked)
  const headers = headersOf(tileName(known.entry.digest, tile), known.entry.digest === digest)
  if (c.req.header('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  return sendPicture(await tiles.view(originals, session, known, { ...asked, tile, gone }), headers)
}
