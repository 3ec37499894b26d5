import { chunksOf } from '../../shared/domain/chunks.ts'
import { z } from 'zod'
import { AdjustmentText, Flag, Label, Rating } from '../../shared/schemas/change.ts'
import { StatusId } from '../../shared/schemas/status.ts'
import { AccountName, PhotoId, ThumbName } from '../../shared/schemas/ids.ts'
import { isRank } from '../photos/manual-order.ts'
import { dateOf } from '../photos/photo-dates.ts'
import { detailFields, splitField, type PhotoRecord } from '../photos/photo-record.ts'
import { parseStack } from '../stacks/stack-record.ts'
import { readHashes, toRecord, type FieldLimits } from '../redis/claims.ts'
import { results } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import type { Findings } from './findings.ts'

/** Commands in one pipeline, so that Redis answers others in between. */
const pipelineSize = 1000

/** Every field that a record may have, with the bytes that each has at most. */
export const recordFields = {
  ...detailFields,
  digest: 64,
  tagnames: 80_400,
  guessed: 16,
  said: 4096,
  saidtags: 80_800,
  behind: 16,
  apart: 8,
  drawn: 1,
  standin: 16,
} as const satisfies FieldLimits

const numberWithin = (least: number, greatest: number) => (text: string) =>
  text.trim() !== '' && Number(text) >= least && Number(text) <= greatest
const whole = (greatest: number) => (text: string) => /^\d+$/.test(text) && Number(text) <= greatest
const valid = (schema: z.ZodType) => (text: string) => schema.safeParse(text).success
const instant = valid(z.iso.datetime({ offset: true }))
const line = (text: string) => !/\p{Cc}/u.test(text)

/** What a field must look like; fields that are not here may hold any text. */
const forms: Partial<Record<keyof typeof recordFields, (text: string) => boolean>> = {
  width: whole(1e7),
  height: whole(1e7),
  bytes: whole(Number.MAX_SAFE_INTEGER),
  mtime: (text) => /^-?\d+$/.test(text) && Math.abs(Number(text)) <= 8.64e15,
  trashed: whole(8.64e15),
  orientation: whole(8),
  aperture: numberWithin(0, 1e4),
  exposure: numberWithin(0, 1e9),
  iso: numberWithin(0, 1e9),
  focal: numberWithin(0, 1e6),
  lat: numberWithin(-90, 90),
  lon: numberWithin(-180, 180),
  alt: numberWithin(-1e7, 1e7),
  rank: isRank,
  dated: instant,
  taken: (text) => dateOf(text) !== null,
  guessed: (text) => /^[+-]\d\d:\d\d$/.test(text),
  creator: line,
  copyright: line,
  added: (text) => whole(8.64e15)(text) || instant(text),
  missing: instant,
  rating: valid(Rating),
  flag: valid(Flag),
  label: valid(Label),
  status: valid(StatusId),
  adjust: valid(AdjustmentText),
  thumb: valid(ThumbName),
  digest: (text) => /^[\w-]{43}$/.test(text),
  host: valid(AccountName.or(z.string().regex(/^[a-z0-9-]{1,64}$/))),
  title: line,
  behind: valid(PhotoId),
  standin: valid(PhotoId),
  apart: (text) => text === '1',
  drawn: (text) => text === '1',
  stack: (text) => parseStack(text).length === text.split('\n').length,
  tags: (text) => splitField(text).join('\n') === text,
}

/** The first field of a record that no photo has, or that holds what it cannot; null where it is sound. */
export const unsoundField = (record: PhotoRecord): string | null =>
  Object.entries(record).find(([name, text]) => {
    const limit = (recordFields as FieldLimits)[name]
    const form = forms[name as keyof typeof recordFields]
    return limit === undefined || Buffer.byteLength(text ?? '') > limit || (form && !form(text ?? ''))
  })?.[0] ?? null

/** A record as it may stay, and whether something in it was no part of one. */
interface Judged {
  record: PhotoRecord
  sound: boolean
}

const judge = (record: PhotoRecord, fieldCount: number): Judged => {
  const kept = Object.entries(record).filter(([name, text]) => {
    const form = forms[name as keyof typeof recordFields]
    return text !== undefined && (!form || form(text))
  })
  return { record: Object.fromEntries(kept), sound: kept.length === fieldCount }
}

/** A hash that names no file is no photo. */
const isPhoto = ({ record }: Judged) => Boolean(record['name'] && record['digest'])

const rewrite = async ({ redis, keys }: Session, album: string, broken: [id: string, Judged][]) => {
  for (const part of chunksOf(broken, pipelineSize)) {
    const change = redis.multi()
    for (const [id, judged] of part) {
      change.del(keys.photo(album, id))
      if (isPhoto(judged)) change.hset(keys.photo(album, id), judged.record)
    }
    results(await change.exec())
  }
}

/**
 * Reads the records of an album's photos. Fields that no photo has, or that hold what they cannot, are noted, and taken away
 * by a repair; what is no photo at all is, too.
 */
export const checkRecords = async (
  session: Session,
  album: string,
  ids: string[],
  findings: Findings,
  repair: boolean,
): Promise<Map<string, PhotoRecord>> => {
  const { redis, keys } = session
  const records = new Map<string, PhotoRecord>()
  const broken: [id: string, Judged][] = []
  for (const part of chunksOf(ids, pipelineSize)) {
    const there = part.map((id) => keys.photo(album, id))
    const asked = redis.pipeline()
    for (const key of there) asked.hlen(key)
    const [rows, counts] = [await readHashes(redis, there, recordFields), results<number>(await asked.exec())]
    for (const [i, id] of part.entries()) {
      const judged = judge(toRecord(Object.keys(recordFields), rows[i] ?? []), counts[i] ?? 0)
      if (isPhoto(judged)) records.set(id, judged.record)
      if (judged.sound && isPhoto(judged)) continue
      const what = isPhoto(judged) ? 'photos with damaged fields' : 'records that are no photos'
      findings.note(what, `${album}/${id}`)
      broken.push([id, judged])
    }
  }
  if (repair) await rewrite(session, album, broken)
  return records
}
