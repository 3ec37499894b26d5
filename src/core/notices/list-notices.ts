import type { Notice, NoticeList } from '../../shared/schemas/notice.ts'
import { redisTime } from '../access/access-record.ts'
import { endsSoon, toldBeforeEndMs } from '../access/ending-shares.ts'
import { listShares } from '../access/shares.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { photoNotices } from './photo-notices.ts'
import { readMark } from './read-mark.ts'
import { talkNotices } from './talk-notices.ts'

/** How far back notices go, in milliseconds. */
const spanMs = 14 * 24 * 60 * 60_000
/** Notices that are told. */
const maxNotices = 100

/** Links that the caller made and that end soon. Administrators, who alone make any. */
const linkNotices = async (session: Session, now: number): Promise<Notice[]> => {
  if (!session.identity.administrator) return []
  return (await listShares(session)).flatMap(({ name, album, label, by, created, expires }): Notice[] => {
    const times = { created: Date.parse(created), expires: Date.parse(expires) }
    if (by !== session.account || !endsSoon(times, now)) return []
    const at = new Date(times.expires - toldBeforeEndMs).toISOString()
    return [{ kind: 'links', album, share: name, label, expires, at }]
  })
}

/**
 * What happened of late that the caller may want to know, the last first: of what others did and may be seen by the caller now, as it is
 * now, and of the caller's own imports. FORBIDDEN for guests, links and tokens.
 */
export const listNotices = (session: Session): Promise<NoticeList> =>
  onRedis(async () => {
    const now = await redisTime(session.redis)
    const read = await readMark(session, now)
    const span = { from: now - spanMs, read, now }
    const found = [
      ...(await photoNotices(session, span)),
      ...(await talkNotices(session, span)),
      ...(await linkNotices(session, now)),
    ]
    const notices = found
      .toSorted((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, maxNotices)
      // Whose import it was knows of it.
      .map((notice) => ({ ...notice, unread: notice.kind !== 'imports' && Date.parse(notice.at) > read }))
    return {
      notices,
      unread: notices.filter(({ unread }) => unread).length,
      until: new Date(now).toISOString(),
    }
  })
