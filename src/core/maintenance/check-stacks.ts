import { maxBehind } from '../../shared/domain/stacks.ts'
import { isAtTime } from '../photos/photo-dates.ts'
import type { PhotoRecord } from '../photos/photo-record.ts'
import { maxTypeLength, parseStack } from '../stacks/stack-record.ts'
import type { AlbumState } from './check-album.ts'
import type { Findings } from './findings.ts'

type Records = ReadonlyMap<string, PhotoRecord>

/** The photo that one is behind: another one of the album that is behind none itself, and lists it. Null where there is none. */
export const leadOf = (records: Records, id: string): string | null => {
  const lead = records.get(id)?.['behind'] ?? id
  const record = records.get(lead)
  if (lead === id || !record || record['behind'] !== undefined) return null
  return parseStack(record['stack']).some((listed) => listed.id === id) ? lead : null
}

/** The field `stack` that each lead should have. */
const expectedStacks = (records: Records): Map<string, string> => {
  const stacks = new Map<string, string[]>()
  for (const [lead, record] of records)
    for (const { id } of parseStack(record['stack']))
      if (leadOf(records, id) === lead) {
        const type = /^[\w.+/-]+/.exec(records.get(id)?.['type'] ?? '')?.[0].slice(0, maxTypeLength) ?? ''
        stacks.set(lead, [...(stacks.get(lead) ?? []), `${id} ${type}`].slice(0, maxBehind))
      }
  return new Map([...stacks].map(([lead, lines]) => [lead, lines.join('\n')]))
}

/** The fields of records that have to be others for the stacks of an album to hold together; '' removes one. */
export const repairedStacks = (records: Records): Map<string, { stack?: string; behind?: string }> => {
  const expected = expectedStacks(records)
  const changes = new Map<string, { stack?: string; behind?: string }>()
  for (const [id, record] of records) {
    const stack = expected.get(id) ?? ''
    if (stack !== (record['stack'] ?? '')) changes.set(id, { ...changes.get(id), stack })
    if (record['behind'] !== undefined && leadOf(records, id) === null)
      changes.set(id, { ...changes.get(id), behind: '' })
  }
  return changes
}

/** Tells which stacks of an album do not hold together. */
export const checkStacks = (
  { id: album, photos, trash, behind, records }: AlbumState,
  findings: Findings,
) => {
  for (const id of repairedStacks(records).keys())
    findings.note('stacks that do not hold together', `${album}/${id}`)
  for (const [id, record] of records) {
    const lead = leadOf(records, id)
    if (behind.has(id) !== (lead !== null))
      findings.note('stacks that do not hold together', `${album}/${id}`)
    else if (lead !== null && !isAtTime(record, behind.get(id)))
      findings.note('photos at a wrong time', `${album}/${id}`)
    if (lead !== null && (photos.has(id) || trash.has(id)))
      findings.note('photos both behind another one and in sight', `${album}/${id}`)
  }
  for (const id of behind.keys())
    if (!records.has(id)) findings.note('photos without a record', `${album}/${id}`)
}
