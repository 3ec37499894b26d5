import { fstatSync } from 'node:fs'
import { digestOf } from '../digest.ts'
import { nothingSaid } from '../metadata.ts'
import { PictureError } from '../picture-error.ts'
import type { ReadPhoto } from '../read-photo.ts'
import { readFacts } from './facts.ts'
import { videoFields } from './fields.ts'
import { posterOf } from './poster.ts'

/**
 * All that the gallery keeps of a video, in the same shape as for a photo. Its size does not matter: it is read in pieces. Throws
 * PictureError where it has no index, as one that was cut off.
 */
export const readVideo = async (path: string, file: number, type: string): Promise<ReadPhoto> => {
  const { size, mtimeMs } = fstatSync(file)
  const video = { file, size, type, path }
  const facts = await readFacts(video).catch(() => {
    throw new PictureError({ id: 'videoDamaged' }, true)
  })
  const { taken, fields, live } = videoFields(facts)
  const { thumb, thumbName, placeholder, drawn } = await posterOf(video, facts)
  const mtime = Math.trunc(mtimeMs)
  return {
    ...digestOf(file),
    mtime,
    said: nothingSaid,
    live,
    time: taken?.time ?? mtime,
    thumb,
    thumbName,
    fields: {
      ...fields,
      type,
      width: String(facts.width),
      height: String(facts.height),
      placeholder,
      ...(drawn ? { drawn: '1' } : {}),
    },
  }
}
