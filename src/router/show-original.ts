import type { Context } from 'hono'
import type { Session } from '../core/gallery/session.ts'
import type { Decoder } from '../core/library/decode/pool.ts'
import type { VisitorCopies } from '../core/library/export/visitor-copy.ts'
import { filmOf } from '../core/photos/originals.ts'
import type { BoundedQueue } from '../core/thumbnails/queue.ts'
import { givesAsItIs } from '../shared/domain/visitor-switches.ts'
import { GalleryError } from '../shared/errors.ts'
import { givenTo } from './for-strangers.ts'
import { sendCopy } from './send-copy.ts'
import { sendOriginal } from './send-original.ts'
import { sendPreview, type PreviewParts } from './send-preview.ts'

/** What originals are shown by, for one caller. */
export interface OriginalParts extends PreviewParts {
  decoder: Pick<Decoder, 'convert'>
  conversions: BoundedQueue
  copies: VisitorCopies
}

export interface AskedOriginal {
  album: string
  photo: string
  /** Of a motion photo the film alone. */
  film: boolean
  /** To be saved. */
  download: boolean
  /** Aborted where nobody waits for it any more. */
  gone: AbortSignal
}

const theOriginal = async (
  c: Context,
  { originals, decoder, conversions, session }: OriginalParts,
  { album, photo, film, download }: AskedOriginal,
) => {
  const opened = await originals.open(session, album, photo)
  const found = film ? await filmOf(opened) : opened
  const options = { decoder, queue: conversions, caller: session.account, download }
  const { status, headers, body } = await sendOriginal(found, c.req.raw, options)
  return new Response(body, { status, headers })
}

/**
 * Answers with an original. Visitors get the file itself only where nothing that stands in it is hidden from them, else a copy that says
 * what they are shown; what they look at in its full size is no larger than a screen where originals are not given.
 *
 * @throws FORBIDDEN where the visitor is not given what is asked for
 */
export const showOriginal = async (
  c: Context,
  parts: OriginalParts,
  asked: AskedOriginal,
): Promise<Response> => {
  const { album, photo, film, download, gone } = asked
  const given = await givenTo(parts.session, album)
  if (!given || givesAsItIs(given)) return theOriginal(c, parts, asked)
  if (film) throw new GalleryError('FORBIDDEN', 'filmNotGiven')
  if (download && given.download === 'none') throw new GalleryError('FORBIDDEN', 'nothingGiven')
  if (download || given.download === 'original') return sendCopy(c, parts, { album, photo, download, given })
  return sendPreview(c, parts, { asked: { album, photo }, digest: '', gone, size: 2560 })
}

/** Tiles are the pixels of the original. FORBIDDEN for visitors who are not given that. */
export const checkZoom = async (session: Session, album: string): Promise<void> => {
  const given = await givenTo(session, album)
  if (given && given.download !== 'original') throw new GalleryError('FORBIDDEN', 'originalNotGiven')
}
