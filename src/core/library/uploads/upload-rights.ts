import { GalleryError, hasCode } from '../../../shared/errors.ts'
import { maxTitleBytes } from '../../albums/albums.ts'
import type { Session } from '../../gallery/session.ts'
import { readHash } from '../../redis/claims.ts'
import { onRedis } from '../../redis/errors.ts'

const refusal = () => new GalleryError('FORBIDDEN', 'uploadNotAllowed')

/** Has Redis say whether a session may write to an album: a field that no hash has is taken away, which changes nothing. */
const mayWrite = ({ redis, keys }: Session, album: string): Promise<boolean> =>
  onRedis(() => redis.hdel(keys.albumInfo(album), '')).then(
    () => true,
    (error: unknown) => {
      if (hasCode(error, 'FORBIDDEN')) return false
      throw error
    },
  )

/** How many bytes the visitors of a link may send to an album, by the link's record, which administrators alone write; 0 for none. */
const bytesOfLink = ({ redis, keys, account }: Session, album: string): Promise<number> =>
  onRedis(async () => {
    const record = await readHash(redis, keys.account(account), { album: 64, uploads: 20, expires: 40 })
    const isOver = !(Date.parse(record['expires'] ?? '') > Date.now())
    return record['album'] === album && !isOver ? Number(record['uploads'] ?? 0) || 0 : 0
  })

/**
 * Whether a caller may add photos to an album now: asked for each request, so that a right that was taken ends an upload.
 *
 * @returns how many bytes it may send in all
 * @throws FORBIDDEN where it may send none
 */
export const checkUploader = async (session: Session, album: string, ofAccount: number): Promise<number> => {
  if (session.guest) throw refusal()
  const bytes = session.identity.share
    ? await bytesOfLink(session, album)
    : (await mayWrite(session, album)) && ofAccount
  if (!bytes) throw refusal()
  return bytes
}

/**
 * The title of an album that the account of the server may add photos to.
 *
 * @throws NOT_FOUND for none, or one in the trash; FORBIDDEN where that account may not
 */
export const checkServer = async (self: Session, album: string): Promise<string> => {
  const { redis, keys, account } = self
  if (!(await mayWrite(self, album))) throw new GalleryError('FORBIDDEN', 'uploadServerMayNot', { account })
  const { title, deleted } = await readHash(redis, keys.albumInfo(album), {
    title: maxTitleBytes,
    deleted: 32,
  })
  if (!title || deleted) throw new GalleryError('NOT_FOUND', 'albumGone')
  return title
}
