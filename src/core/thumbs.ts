import { createHash } from 'node:crypto'
import { GalleryError } from '../shared/errors.ts'
import { onRedis } from './redis/errors.ts'
import type { Session } from './session.ts'

/**
 * The bytes of a thumbnail, WebP. They are named by their own SHA-256: bytes that do not have their name's digest were
 * overwritten by somebody and count as missing.
 */
export const readThumb = async ({ redis, keys }: Session, name: string): Promise<Buffer> => {
  const bytes = await onRedis(() => redis.getBuffer(keys.thumb(name)))
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== name)
    throw new GalleryError('NOT_FOUND', 'This thumbnail is not there.')
  return bytes
}
