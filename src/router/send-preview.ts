import type { Context } from 'hono'
import type { Session } from '../core/gallery/session.ts'
import type { Originals } from '../core/photos/originals.ts'
import { previewName, type Previews } from '../core/previews/previews.ts'
import type { Urgency } from '../core/previews/preview-queue.ts'
import type { AskedPhoto } from '../core/thumbnails/view-thumbnail.ts'
import { previewSizes, type PreviewSize } from '../shared/domain/preview-sizes.ts'
import { urgencyHeader } from '../shared/domain/preview-address.ts'

/** A preview is named by the content that it shows, and its size. */
export const sizeIn = (text: string): PreviewSize | undefined =>
  previewSizes.find((size) => String(size) === text)

const typeOf = (bytes: Uint8Array) => (bytes[0] === 0xff ? 'image/jpeg' : 'image/webp')

const urgencyOf = (header: string | undefined): Urgency =>
  header === 'screen' || header === 'ahead' ? header : 'cell'

/** It is theirs for ever only under the address that names its content. */
const keepingOf = (lasting: boolean, isNamed: boolean) =>
  !lasting ? 'no-store' : isNamed ? 'private, max-age=31536000, immutable' : 'private, no-cache'

export interface PreviewRequest {
  asked: AskedPhoto
  /** The content that the page knows of the photo. */
  digest: string
  size: PreviewSize
  gone: AbortSignal
}

/** Answers with a preview. The right is asked of Redis first, each time; what the browser has already is not sent again. */
export const sendPreview = async (
  c: Context,
  parts: { originals: Originals; previews: Previews; session: Session },
  { asked, digest, size, gone }: PreviewRequest,
): Promise<Response> => {
  const { originals, previews, session } = parts
  const known = await previews.find(originals, session, asked)
  const etag = `"${previewName(known.entry.digest, size)}"`
  const isNamed = known.entry.digest === digest
  if (c.req.header('if-none-match') === etag)
    return new Response(null, { status: 304, headers: { etag, 'cache-control': keepingOf(true, isNamed) } })
  const urgency = urgencyOf(c.req.header(urgencyHeader))
  const { bytes, lasting } = await previews.view(originals, session, known, { ...asked, size, urgency, gone })
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': typeOf(bytes),
      'content-length': String(bytes.length),
      'cache-control': keepingOf(lasting, isNamed),
      ...(lasting ? { etag } : {}),
    },
  })
}
