import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Session } from '../core/gallery/session.ts'
import { zipPhotos } from '../core/library/export/zip-photos.ts'
import type { VisitorCopies } from '../core/library/export/visitor-copy.ts'
import type { Originals } from '../core/photos/originals.ts'
import { safeName } from '../shared/domain/naming-pattern.ts'
import { ZipForm } from '../shared/schemas/zip-form.ts'
import { attachment } from './attachment.ts'
import { plainAnswer, speech } from './plain-answer.ts'

/** A form that names as many photos as one may has less, in bytes. */
const maxFormBytes = 2 * 1024 * 1024

/** Refuses forms of more bytes than one that names photos has. */
export const limitedForm = bodyLimit({
  maxSize: maxFormBytes,
  onError: (c) => plainAnswer(c, 413, { id: 'zipTooMuch' }),
})

interface ZipWeb {
  session: Session
  originals: Originals
  copies: VisitorCopies
  /** Aborted where nobody waits for the answer any more. */
  gone: AbortSignal
}

const jsonIn = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text))
  } catch {
    return null
  }
}

/** Answers a form that names photos, and the file's name, with their originals as a zip file, which is made while it is sent. */
export const sendZip = async (
  c: Context,
  { session, originals, copies, gone }: ZipWeb,
): Promise<Response> => {
  const body = await c.req.parseBody()
  const form = ZipForm.safeParse({ photos: jsonIn(body['photos']), name: body['name'] })
  if (!form.success) return plainAnswer(c, 400, { id: 'zipNothing' })
  const { photos, name } = form.data
  const { say } = speech(c)
  const tellLeftOut = (count: number) => ({
    name: say({ id: 'zipLeftOutName' }),
    text: `${say({ id: 'zipLeftOut', blanks: { count } })}\n`,
  })
  const stream = await zipPhotos({ session, originals, copies, tellLeftOut }, photos, gone)
  return new Response(stream, {
    headers: {
      'content-type': 'application/zip',
      'cache-control': 'no-store',
      'content-disposition': attachment(`${safeName(name) || 'Cimaise'}.zip`),
    },
  })
}
