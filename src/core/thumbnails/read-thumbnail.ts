import { createHash } from 'node:crypto'
import { GalleryError } from '../../shared/errors.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'

/**
 * More than any thumbnail takes: 320 by 320 pixels are 400 KiB where nothing is compressed. What a member wrote in its
 * place may be of any size, and is not read any further.
 */
export const maxThumbBytes = 512 * 1024

/** Whether bytes are those that a thumbnail's name tells of. */
export const isNamed = (bytes: Uint8Array, name: string): boolean =>
  createHash('sha256').update(bytes).digest('hex') === name

/**
 * The bytes of a thumbnail, WebP. They are named by their own SHA-256: bytes that do not have their name's digest were
 * overwritten by a member and count as missing.
 */
export const readThumb = async ({ redis, keys }: Session, name: string): Promise<Buffer> => {
  const bytes = await onRedis(() => redis.getrangeBuffer(keys.thumb(name), 0, maxThumbBytes))
  if (!isNamed(bytes, name)) throw new GalleryError('NOT_FOUND', 'noThumb')
  return bytes
}
