import { shownSize } from '../../shared/domain/adjusted-view.ts'
import { maxAdjustmentBytes, parseAdjustment } from '../../shared/domain/adjustments.ts'
import { Flag, Label } from '../../shared/schemas/change.ts'
import type { PhotoDetails, PhotoSummary } from '../../shared/schemas/photo.ts'
import { createHash } from 'node:crypto'
import { fileKind, formatOf, stackKind } from '../../shared/domain/stacks.ts'
import { maxStackBytes, parseStack } from '../stacks/stack-record.ts'
import {
  base64,
  contentDigest,
  line,
  lineOrNull,
  lines,
  moment,
  number,
  oneOf,
  orientation,
  statusId,
  thumbName,
  whole,
} from './field-values.ts'
import { maxRankLength } from './manual-order.ts'
import { addedTime, dateOf, time } from './photo-dates.ts'
import type { FieldLimits } from '../redis/claims.ts'

/**
 * The fields of a photo's hash as Redis holds them: text, absent where nothing is known. What Redis holds is not
 * trusted: a value that does not look right counts as absent.
 */
export type PhotoRecord = Partial<Record<string, string>>

/** The fields that a summary is made of, so that a page asks Redis for no more, with the bytes that each has at most. */
export const summaryFields = {
  name: 1024,
  title: 1024,
  width: 32,
  height: 32,
  thumb: 64,
  digest: 43,
  placeholder: 96,
  taken: 64,
  dated: 64,
  added: 64,
  missing: 64,
  rating: 16,
  flag: 16,
  label: 16,
  status: 16,
  trashed: 32,
  type: 128,
  duration: 32,
  film: 8,
  stack: maxStackBytes,
  adjust: maxAdjustmentBytes,
} as const satisfies FieldLimits

/** All fields, as the details of a photo show them. */
export const detailFields = {
  ...summaryFields,
  rank: maxRankLength,
  host: 64,
  path: 8192,
  codecs: 1024,
  named: 8,
  bytes: 32,
  orientation: 16,
  camera: 1024,
  lens: 1024,
  aperture: 32,
  exposure: 32,
  iso: 32,
  focal: 32,
  lat: 32,
  lon: 32,
  alt: 32,
  caption: 40_000,
  tags: 80_400,
  damage: 4096,
  creator: 1024,
  copyright: 1024,
  mtime: 32,
} as const satisfies FieldLimits

/** Tags of one photo, and characters of one tag, at most. */
const maxTags = 200
const maxTagLength = 200

/** The tags in a field `tags`, folded; what is no tag is left out. */
export const splitField = (field: string | null | undefined): string[] =>
  (field ?? '')
    .split('\n', 2 * maxTags)
    .filter((tag) => tag !== '' && tag.length <= maxTagLength && !/\p{Cc}/u.test(tag))
    .slice(0, maxTags)

/** Tags of a photo, folded. */
export const tagsOf = (record: PhotoRecord): string[] => splitField(record['tags'])

/** The id under which an entry of an album is shown that holds no photo: one of its own for each entry. */
export const standInId = (album: string, location: number): string =>
  createHash('sha256').update(`${album} ${location}`).digest('hex').slice(0, 10)

/** Pixels along one side, beyond what any format can say. */
const maxSide = 10_000_000

/** A year in seconds, beyond which no film lasts. */
const maxSeconds = 366 * 24 * 60 * 60

const isVideo = ({ type }: PhotoRecord) => type?.startsWith('video/') ?? false

/** What a grid shows where an album lists a photo whose record is no record. */
export const damagedPhoto = (album: string, id: string): PhotoSummary => ({
  ...toSummary(album, id, {}),
  title: '',
  damaged: true,
})

/** What a grid shows of the files of a photo that has several. */
const stackOf = (record: PhotoRecord): PhotoSummary['stack'] => {
  const behind = parseStack(record['stack'])
  if (behind.length === 0) return null
  const types = [record['type'] ?? '', ...behind.map(({ type }) => type)]
  const film = isVideo(record) ? undefined : behind.find(({ type }) => fileKind(type) === 'video')
  const formats = [...new Set(types.map(formatOf).filter(Boolean))].sort((a, b) =>
    a === 'RAW' ? -1 : b === 'RAW' ? 1 : 0,
  )
  return { kind: stackKind(types), files: types.length, formats, film: film?.id ?? null }
}

/** How large a photo is shown, and how it is so other than in its file. What has no size, and videos, are as in their files. */
const shapeOf = (record: PhotoRecord): Pick<PhotoSummary, 'width' | 'height' | 'adjusted'> => {
  const size = { width: whole(record['width'], maxSide), height: whole(record['height'], maxSide) }
  const adjustment =
    record['adjust'] && size.width * size.height > 0 && !isVideo(record)
      ? parseAdjustment(record['adjust'])
      : null
  if (!adjustment) return { ...size, adjusted: null }
  return { ...shownSize(size, adjustment), adjusted: { by: record['adjust'] ?? '', ...size } }
}

/** What a grid shows of a photo. */
export const toSummary = (album: string, id: string, record: PhotoRecord): PhotoSummary => ({
  id,
  album,
  title: line(record['title'] || record['name'] || id),
  ...shapeOf(record),
  thumb: thumbName(record['thumb']),
  digest: contentDigest(record['digest']),
  placeholder: base64(record['placeholder']),
  takenAt: time(record['dated']) ?? dateOf(record['taken']),
  addedAt: new Date(addedTime(record['added'])).toISOString(),
  missing: Boolean(record['missing']),
  rating: Math.min(5, whole(record['rating'])),
  flag: oneOf(Flag.options, record['flag']),
  label: oneOf(Label.options, record['label']),
  status: statusId(record['status']),
  trashedAt: moment(record['trashed']),
  video: isVideo(record),
  duration: isVideo(record) ? number(record['duration'], 0, maxSeconds) : null,
  film: record['film'] === '1',
  stack: stackOf(record),
  damaged: false,
})

/** Everything of a photo but the town that it is near. `host`: the machine that asks; `nameOf`: how the album writes a tag. */
export const toDetails = (
  album: string,
  id: string,
  record: PhotoRecord,
  { host, nameOf }: { host: string; nameOf: (tag: string) => string },
): Omit<PhotoDetails, 'near'> => ({
  ...toSummary(album, id, record),
  host: line(record['host'] ?? ''),
  path: record['path'] ?? '',
  type: /^[\w.+-]+\/[\w.+-]+$/.exec(record['type'] ?? '')?.[0] ?? 'application/octet-stream',
  bytes: whole(record['bytes']),
  orientation: orientation(record['orientation']),
  camera: lineOrNull(record['camera']),
  lens: lineOrNull(record['lens']),
  aperture: number(record['aperture'], 0, 1e4),
  exposureTime: number(record['exposure'], 0, 1e9),
  iso: number(record['iso'], 0, 1e9),
  focalLength: number(record['focal'], 0, 1e6),
  latitude: number(record['lat'], -90, 90),
  longitude: number(record['lon'], -180, 180),
  altitude: number(record['alt'], -1e7, 1e7),
  codecs: lineOrNull(record['codecs']),
  caption: lines(record['caption'] ?? ''),
  dated: time(record['dated']) !== null,
  datedByName: record['named'] === '1' && time(record['dated']) === null && dateOf(record['taken']) !== null,
  tags: tagsOf(record).map(nameOf),
  damage: lineOrNull(record['damage']),
  creator: lineOrNull(record['creator']),
  copyright: lineOrNull(record['copyright']),
  fileDate: moment(record['mtime']),
  here: record['host'] === host && !record['missing'],
})
