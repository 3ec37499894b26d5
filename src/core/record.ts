import { z } from 'zod'
import { Flag, Label } from '../shared/changes.ts'
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
  'dated',
  'added',
  'missing',
  'rating',
  'flag',
  'label',
  'rank',
  'trashed',
] as const

const number = (text: string | undefined): number | null => {
  const value = text ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}

const whole = (text: string | undefined) => Math.max(0, Math.trunc(number(text) ?? 0))

const time = (text: string | undefined) =>
  z.iso.datetime({ offset: true }).safeParse(text).success ? (text ?? null) : null

/** ISO 8601 of milliseconds since 1970. */
const moment = (text: string | undefined) => {
  const value = number(text)
  return value === null || Math.abs(value) > 8.64e15 ? null : new Date(value).toISOString()
}

const base64 = (text: string | undefined) => (text && /^[0-9A-Za-z+/]{1,64}={0,2}$/.test(text) ? text : null)

const thumbName = (text: string | undefined) => (ThumbName.safeParse(text).success ? (text ?? null) : null)

/** When a photo was taken, in milliseconds since 1970: as somebody entered, else as its file says, else the file's own date. */
export const timeOf = ({
  dated,
  taken,
  mtime,
}: Partial<Record<'dated' | 'taken' | 'mtime', string | null>>) =>
  Date.parse(dated || taken || '') || Number(mtime) || 0

const oneOf = <T extends string>(values: readonly T[], text: string | undefined) =>
  values.find((value) => value === text) ?? null

/** Tags of a photo, folded. */
export const tagsOf = (record: PhotoRecord): string[] => (record['tags'] ?? '').split('\n').filter(Boolean)

/** What a grid shows of a photo. */
export const toSummary = (album: string, id: string, record: PhotoRecord): PhotoSummary => ({
  id: PhotoId.parse(id),
  album,
  title: record['title'] || record['name'] || id,
  width: whole(record['width']),
  height: whole(record['height']),
  thumb: thumbName(record['thumb']),
  placeholder: base64(record['placeholder']),
  takenAt: time(record['dated']) ?? time(record['taken']),
  addedAt: time(record['added']) ?? new Date(0).toISOString(),
  missing: Boolean(record['missing']),
  rating: Math.min(5, whole(record['rating'])),
  flag: oneOf(Flag.options, record['flag']),
  label: oneOf(Label.options, record['label']),
  rank: number(record['rank']),
  trashedAt: moment(record['trashed']),
})

/** Everything of a photo. `host`: the machine that asks; `nameOf`: how the album writes a tag. */
export const toDetails = (
  album: string,
  id: string,
  record: PhotoRecord,
  { host, nameOf }: { host: string; nameOf: (tag: string) => string },
): PhotoDetails => ({
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
  caption: record['caption'] ?? '',
  dated: time(record['dated']) !== null,
  tags: tagsOf(record).map(nameOf),
  damage: record['damage'] ?? null,
  here: record['host'] === host && !record['missing'],
})
