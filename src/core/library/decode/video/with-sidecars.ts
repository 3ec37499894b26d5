import { readMetadata } from '../metadata.ts'
import type { ReadPhoto } from '../read-photo.ts'

/** What is known of a video besides its pictures. */
type VideoMetadata = Pick<ReadPhoto, 'time' | 'fields' | 'said'>

const dateFields = ['taken', 'guessed']
const placeFields = ['lat', 'lon', 'alt']

const without = (fields: Record<string, string>, names: string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

/** Lets what sidecars say stand over what the video's container says. */
export const withSidecars = <T extends VideoMetadata>(video: T, sidecars: Uint8Array[]): T => {
  if (sidecars.length === 0) return video
  const { taken, fields, said } = readMetadata(Buffer.alloc(0), sidecars)
  const date = taken ? dateFields : []
  const place = fields['lat'] === undefined ? [] : placeFields
  return {
    ...video,
    said,
    time: taken?.time ?? video.time,
    fields: { ...without(video.fields, [...date, ...place]), ...fields },
  }
}
