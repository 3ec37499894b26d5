import { z } from 'zod'
import { PhotoId, ThumbName, type PhotoDetails, type PhotoSummary } from '../shared/schemas.ts'

/**
 * The fields of a photo's hash as Redis holds them: text, absent where nothing is known. What Redis holds is not
 * trusted: a value that does not look right counts as absent.
 */
export type PhotoRecord = Partial<Record<string, string>>

/** The fields that a summary is made of, so that a page asks Redis for no more. */
export const summaryFields = [
  'name',
  'title',
  'width',
  'height',
  'thumb',
  'placeholder',
  'taken',
  'added',
  'missing',
] as const

const number = (text: string | undefined): number | null => {
  const value = text ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}

const whole = (text: string | undefined) => Math.max(0, Math.trunc(number(text) ?? 0))

const time = (text: string | undefined) =>
  z.iso.datetime({ offset: true }).safeParse(text).success ? (text ?? null) : null

const base64 = (text: string | undefined) => (text && /^[0-9A-Za-z+/]{1,64}={0,2}$/.test(text) ? text : null)

const thumbName = (text: string | undefined) => (ThumbName.safeParse(text).success ? (text ?? null) : null)

/** What a grid shows of a photo. */
export const toSummary = (album: string, id: string, record: PhotoRecord): PhotoSummary => ({
  id: PhotoId.parse(id),
  album,
  title: record['title'] || record['name'] || id,
  width: whole(record['width']),
  height: whole(record['height']),
  thumb: thumbName(record['thumb']),
  placeholder: base64(record['placeholder']),
  takenAt: time(record['taken']),
  addedAt: time(record['added']) ?? new Date(0).toISOString(),
  missing: Boolean(record['missing']),
})

/** Everything of a photo. `host`: the machine that asks. */
export const toDetails = (album: string, id: string, record: PhotoRecord, host: string): PhotoDetails => ({
  ...toSummary(album, id, record),
  host: record['host'] ?? '',
  path: record['path'] ?? '',
  type: record['type'] ?? 'application/octet-stream',
  bytes: whole(record['bytes']),
  orientation: number(record['orientation']),
  camera: record['camera'] ?? null,
  lens: record['lens'] ?? null,
  aperture: number(record['aperture']),
  exposureTime: number(record['exposure']),
  iso: number(record['iso']),
  focalLength: number(record['focal']),
  latitude: number(record['lat']),
  longitude: number(record['lon']),
  altitude: number(record['alt']),
  tags: (record['tags'] ?? '').split('\n').filter(Boolean),
  damage: record['damage'] ?? null,
  here: record['host'] === host && !record['missing'],
})
