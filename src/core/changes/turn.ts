import {
  formatAdjustment,
  maxAdjustmentBytes,
  noAdjustment,
  parseAdjustment,
  turned,
} from '../../shared/domain/adjustments.ts'
import type { Change, Changed } from '../../shared/schemas/change.ts'
import { readHashes } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { done, type ChangeContext } from './change-context.ts'
import { editPhotos } from './edit.ts'

type Turn = Extract<Change, { kind: 'turn' }>

const fields = { adjust: maxAdjustmentBytes, type: 128 }

/** Turns pictures, each from how it is shown now. Videos stay as they are. */
export const turnPhotos = async (
  context: ChangeContext,
  { album, photos, quarters }: Turn,
): Promise<Changed> => {
  const { redis, keys } = context.session
  const records = photos.map((photo) => keys.photo(album, photo))
  const rows = await onRedis(() => readHashes(redis, records, fields))
  const values = photos.flatMap((photo, i) => {
    const [adjust, type] = rows[i] ?? []
    if (type?.startsWith('video/')) return []
    const to = formatAdjustment(turned(parseAdjustment(adjust) ?? noAdjustment, quarters)) || null
    return [{ photo, to, from: adjust ?? null }]
  })
  if (values.length === 0) return done(0, 0, [])
  return editPhotos(context, { kind: 'edit', album, field: 'adjust', values })
}
