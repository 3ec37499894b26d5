import { createHash } from 'node:crypto'
import { tagsOf, type PhotoRecord } from '../../photos/photo-record.ts'
import { labels } from '../../../shared/domain/marks.ts'
import type { Entered } from './edit-xmp.ts'

/** Fields of a photo's hash that tell what users entered, with the bytes that each has at most. */
export const enteredFields = {
  ...{ name: 1024, title: 1024, caption: 40_000, rating: 16, flag: 16, label: 16 },
  ...{ tags: 80_400, said: 4096, saidtags: 80_800, trashed: 32 },
} as const

/** As in said.lua: long texts are compared by their digests. */
const markOf = (text: string) =>
  Buffer.byteLength(text) <= 40 && !/^[!#]/.test(text)
    ? text
    : `#${createHash('sha1').update(text).digest('hex').slice(0, 16)}`

const saidOf = (text: string | undefined): Record<string, unknown> => {
  try {
    const said: unknown = JSON.parse(text ?? '{}')
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const linesOf = (text: string | undefined) => (text ?? '').split('\n').filter(Boolean)

/** Whether users gave or took away tags: the photo has others than its file said last. */
export const areTagsEntered = ({ tags, saidtags }: PhotoRecord) => {
  const has = new Set(linesOf(tags))
  const said = linesOf(saidtags)
  return said.length !== has.size || said.some((line) => !has.has(line))
}

/** What users entered of a photo, by its record: what its file said is no business of the sidecar's. `written`: how its tags are written. */
export const enteredOf = (record: PhotoRecord, written: ReadonlyMap<string, string>): Entered => {
  const said = saidOf(record['said'])
  const isEntered = (field: string) => {
    const last = typeof said[field] === 'string' ? said[field] : ''
    return last === '!' || markOf(record[field] ?? '') !== last
  }
  const stars = Number(record['rating'] ?? 0)
  const label = labels.find((one) => one === record['label']) ?? ''
  return {
    ...(isEntered('title') ? { title: record['title'] ?? '' } : {}),
    ...(isEntered('caption') ? { caption: record['caption'] ?? '' } : {}),
    ...(isEntered('label') ? { label } : {}),
    ...(isEntered('rating') || isEntered('flag')
      ? {
          rating: record['flag'] === 'reject' ? -1 : stars >= 1 && stars <= 5 ? Math.round(stars) : 0,
          pick: record['flag'] === 'pick',
        }
      : {}),
    ...(areTagsEntered(record) ? { tags: tagsOf(record).map((tag) => written.get(tag) ?? tag) } : {}),
  }
}
