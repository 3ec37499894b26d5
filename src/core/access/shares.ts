import { GalleryError } from '../../shared/errors.ts'
import type { Share } from '../../shared/schemas/access.ts'
import { passwordDigest } from '../redis/acl/passwords.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { readHash } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { dropCopies } from './visitors.ts'
import { removeAccount, saveAccount } from './accounts.ts'
import { applyRights } from './apply-acl.ts'
import { readAccessRecord, redisTime } from './access-record.ts'

/** The share links of the gallery, the newest first. Administrators. */
export const listShares = ({ redis, keys }: Session): Promise<Share[]> =>
  onRedis(async () => {
    const [access, now] = await Promise.all([readAccessRecord(redis, keys), redisTime(redis)])
    return [...access.accounts]
      .filter(([, { record }]) => record['role'] === 'share')
      .map(([name, { record }]) => ({
        name,
        album: record['album'] ?? '',
        label: record['displayName'] ?? '',
        by: record['by'] ?? '',
        created: record['created'] ?? '',
        expires: record['expires'] ?? '',
        hasPassword: record['password'] === '1',
        expired: !(Date.parse(record['expires'] ?? '') > now),
      }))
      .toSorted((a, b) => (a.created < b.created ? 1 : -1))
  })

export interface NewShare {
  /** `share~` and eight letters and digits, chosen by the administrator who makes the link, as the key is made from it too. */
  name: string
  album: string
  label: string
  /** ISO 8601. */
  expires: string
  /** What the link logs in with (credentials.ts), made from its secret and its password. */
  key: string
  hasPassword: boolean
}

/** Lets everybody with a link read one album until a date. INVALID for a date that is over, NOT_FOUND for no album. */
export const createShare = (session: Session, share: NewShare): Promise<void> =>
  onRedis(async () => {
    const { redis, keys, account } = session
    const { name, album, label, expires, key, hasPassword } = share
    if (!(Date.parse(expires) > (await redisTime(redis)))) throw new GalleryError('INVALID', 'linkTooShort')
    const { title, deleted } = await readHash(redis, keys.albumInfo(album), {
      title: maxTitleBytes,
      deleted: 32,
    })
    if (!title || deleted) throw new GalleryError('NOT_FOUND', 'albumGone')
    const login = passwordDigest(key)
    const fields = {
      role: 'share',
      displayName: label,
      album,
      by: account,
      created: new Date().toISOString(),
      expires: new Date(expires).toISOString(),
      password: hasPassword ? '1' : '',
    }
    await saveAccount(session, 'create', name, 'shared', fields, { login })
    await redis.hset(keys.grants(name), album, 'read')
    await applyRights(redis, keys, { names: [name], logins: { [name]: login } })
  })

/** Ends a share link, for those who look at the album with it as well. */
export const revokeShare = (session: Session, name: string): Promise<void> =>
  onRedis(async () => {
    await removeAccount(session, name, 'share-revoked')
    await dropCopies(session.redis, session.keys, new Map(), new Set([name]))
  })
