import { hash } from 'node:crypto'
import { parseWatermark } from '../../shared/domain/watermark.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { WatermarkSetting } from '../../shared/schemas/watermark.ts'
import { haveFontFor } from '../library/decode/mark-fonts.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from './session.ts'

/** Grows where watermarks are drawn in another way: pictures of before are not asked for any more. */
const markVersion = 1

/** What can be drawn of a text: all of it, or nothing. */
const drawable = (text: string): string | null => {
  const words = parseWatermark(text)
  return words !== null && haveFontFor(words) ? words : null
}

/** What a gallery is marked by where nobody chose: its name. */
const usualWords = ({ keys }: Pick<Session, 'keys'>) => drawable(`© ${keys.gallery}`) ?? '©'

/** The words on pictures of visitors for whom a watermark was chosen; what cannot be drawn counts as none. */
export const watermarkSetting = (session: Session): Promise<WatermarkSetting> =>
  onRedis(async () => ({
    words: drawable((await session.redis.hget(session.keys.meta, 'watermark')) ?? ''),
    usual: usualWords(session),
  }))

/** Says so; null: the usual ones. INVALID for letters that there is no font for. Administrators. */
export const setWatermark = (session: Session, words: string | null): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    if (words === null) await redis.hdel(keys.meta, 'watermark')
    else if (drawable(words) === null) throw new GalleryError('INVALID', 'watermarkLetters')
    else await redis.hset(keys.meta, 'watermark', words)
  })

/** What names pictures that carry these words, beside the content that they show. */
export const markName = (words: string): string =>
  `${hash('sha256', words, 'hex').slice(0, 16)}-${markVersion}`
