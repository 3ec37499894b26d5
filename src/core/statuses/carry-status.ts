import { GalleryError } from '../../shared/errors.ts'
import { editPhotos } from '../changes/edit.ts'
import type { Session } from '../gallery/session.ts'
import { redisUser } from '../redis/acl/redis-users.ts'
import { readStatusSetters } from './status-setters.ts'
import { readStatuses } from './status-list.ts'

/** What an account asks an administrator's session to set. */
export interface StatusWish {
  album: string
  /** The operation that it belongs to. */
  act: string
  /** Photos, each with the id of its status; '' for none. */
  values: { photo: string; to: string }[]
}

/** How many of an account's wishes are carried out within a minute: more is a flood, which would hold up those of others. */
const maxPerMinute = 240
const minuteMs = 60_000

const carried = new Map<string, number[]>()

/** Counted by each process for itself: what is too much for one is refused there. */
const isFlood = (account: string): boolean => {
  const now = performance.now()
  const recent = (carried.get(account) ?? []).filter((time) => time > now - minuteMs)
  carried.set(account, [...recent, now])
  return recent.length >= maxPerMinute
}

/** Whether an account may comment in an album, as Redis itself says. */
const mayCommentNow = async ({ redis, keys }: Session, account: string, album: string) => {
  const asked = [redisUser(keys, account), 'HDEL', keys.comments(album, account), 'x']
  return (await redis.call('ACL', 'DRYRUN', ...asked)) === 'OK'
}

/**
 * Sets statuses for an account that may comment in the album and not modify it, where the gallery lets those set them. What it asks for is
 * a claim: nothing but statuses of the gallery comes of it, and the record of what happened names the account. Administrators.
 *
 * @throws FORBIDDEN where it may not; INVALID for a status that the gallery does not have
 */
export const carryStatus = async (
  adminSession: Session,
  account: string,
  { album, act, values }: StatusWish,
): Promise<void> => {
  const isLet = (await readStatusSetters(adminSession)) === 'comment'
  if (!isLet || isFlood(account) || !(await mayCommentNow(adminSession, account, album)))
    throw new GalleryError('FORBIDDEN', 'statusRefused')
  const known = new Set(['', ...(await readStatuses(adminSession)).map(({ id }) => id)])
  const unknown = values.find(({ to }) => !known.has(to))
  if (unknown) throw new GalleryError('INVALID', 'badStatus', { value: unknown.to })
  const context = { session: { ...adminSession, account }, act, mode: 'free' as const }
  await editPhotos(context, { kind: 'edit', album, field: 'status', values, alone: true })
}
