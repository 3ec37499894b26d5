import {
  formatSwitches,
  leastShown,
  parseSwitches,
  type VisitorSwitches,
} from '../../shared/domain/visitor-switches.ts'
import {
  formatAnswers,
  noAnswers,
  parseAnswers,
  type VisitorAnswers,
} from '../../shared/domain/visitor-answers.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Share } from '../../shared/schemas/access.ts'
import { passwordDigest } from '../redis/acl/passwords.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { readHash } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { closeSelections } from '../selections/selection-record.ts'
import { checkAudiences, dropCopies } from './visitors.ts'
import { forgetVisits, readVisits } from './visits.ts'
import { removeAccount, saveAccount } from './accounts.ts'
import { applyRights } from './apply-acl.ts'
import { endConnections } from './sessions.ts'
import { redisTime } from './access-record.ts'
import { readAccounts } from './roster.ts'

/** The share links of the gallery, the newest first. Administrators. */
export const listShares = ({ redis, keys }: Session): Promise<Share[]> =>
  onRedis(async () => {
    const [accounts, now, visitsOf] = await Promise.all([
      readAccounts({ redis, keys }),
      redisTime(redis),
      readVisits(redis, keys),
    ])
    return [...accounts]
      .filter(([, record]) => record['role'] === 'share')
      .map(([name, record]) => ({
        name,
        album: record['album'] ?? '',
        label: record['displayName'] ?? '',
        by: record['by'] ?? '',
        created: record['created'] ?? '',
        expires: record['expires'] ?? '',
        hasPassword: record['password'] === '1',
        expired: !(Date.parse(record['expires'] ?? '') > now),
        shows: parseSwitches(record['shows']),
        ...visitsOf(name),
        uploads: Number(record['uploads'] ?? 0) || 0,
        answers: parseAnswers(record['answers']),
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
  /** Without it what shows the least. */
  shows?: VisitorSwitches | undefined
  /** Bytes that its visitors may add to the album; without it none. */
  uploads?: number | undefined
  /** Without it nothing. */
  answers?: VisitorAnswers | undefined
}

/** INVALID for a date that is over. */
const checkEnd = async ({ redis }: Session, expires: string) => {
  if (!(Date.parse(expires) > (await redisTime(redis)))) throw new GalleryError('INVALID', 'linkTooShort')
}

/** Lets everybody with a link read one album until a date. INVALID for a date that is over, NOT_FOUND for no album. */
export const createShare = (session: Session, share: NewShare): Promise<void> =>
  onRedis(async () => {
    const { redis, keys, account } = session
    const { name, album, label, expires, key, hasPassword } = share
    const { shows = leastShown, uploads = 0, answers = noAnswers } = share
    await checkEnd(session, expires)
    const { title, deleted } = await readHash(redis, keys.albumInfo(album), {
      title: maxTitleBytes,
      deleted: 32,
    })
    if (!title || deleted) throw new GalleryError('NOT_FOUND', 'albumGone')
    await checkAudiences(session, album)
    const login = passwordDigest(key)
    const fields = {
      role: 'share',
      displayName: label,
      album,
      by: account,
      created: new Date().toISOString(),
      expires: new Date(expires).toISOString(),
      password: hasPassword ? '1' : '',
      shows: formatSwitches(shows),
      uploads: uploads === 0 ? '' : String(uploads),
      answers: formatAnswers(answers),
    }
    await saveAccount(session, 'create', name, 'shared', fields, { login })
    await redis.hset(keys.grants(name), album, 'read')
    await applyRights(redis, keys, { names: [name], logins: { [name]: login } })
  })

export interface ShareEdit {
  name: string
  label?: string | undefined
  /** ISO 8601. */
  expires?: string | undefined
  shows?: VisitorSwitches | undefined
  /** Another password, or none any more: what the link logs in with from now on, made from its secret and that. */
  login?: { key: string; hasPassword: boolean } | undefined
  uploads?: number | undefined
  answers?: VisitorAnswers | undefined
}

/**
 * Changes what a link shows and gives, whom it is for and when it ends, also for those who look at the album with it. NOT_FOUND for no
 * link, INVALID for a date that is over. Administrators.
 */
export const editShare = (
  session: Session,
  { name, label, expires, shows, uploads, answers, login }: ShareEdit,
): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    if ((await redis.hget(keys.account(name), 'role')) !== 'share')
      throw new GalleryError('NOT_FOUND', 'accountGone', { name })
    if (expires !== undefined) await checkEnd(session, expires)
    const fields = {
      ...(label === undefined ? {} : { displayName: label }),
      ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
      ...(shows === undefined ? {} : { shows: formatSwitches(shows) }),
      ...(login === undefined ? {} : { password: login.hasPassword ? '1' : '' }),
      ...(uploads === undefined ? {} : { uploads: uploads === 0 ? '' : String(uploads) }),
      ...(answers === undefined ? {} : { answers: formatAnswers(answers) }),
    }
    const digest = login && passwordDigest(login.key)
    await saveAccount(session, 'edit', name, 'share-changed', fields, digest ? { login: digest } : {})
    await applyRights(redis, keys, { names: [name], ...(digest ? { logins: { [name]: digest } } : {}) })
    // Who looks at the album by the password of before has to know the other one.
    if (login) await endConnections(session, name)
  })

/** Ends a share link, for those who look at the album with it as well. */
export const revokeShare = (session: Session, name: string): Promise<void> =>
  onRedis(async () => {
    await closeSelections(session, name)
    await removeAccount(session, name, 'share-revoked')
    await dropCopies(session.redis, session.keys, new Map(), new Set([name]))
    await forgetVisits(session.redis, session.keys, name)
  })
