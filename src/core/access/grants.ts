import { formatSwitches, parseSwitches, type VisitorSwitches } from '../../shared/domain/visitor-switches.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { RightsTable, Seen } from '../../shared/schemas/access.ts'
import type { AccessLevel } from '../../shared/schemas/access.ts'
import { mayComment } from '../../shared/domain/access.ts'
import { parseSubject, subjectOf } from '../../shared/domain/subjects.ts'
import type { RightChange, Subject } from '../../shared/schemas/access.ts'
import { madeSet, readableAlbums } from '../albums/visible-albums.ts'
import { guestName, redisUser } from '../redis/acl/redis-users.ts'
import { readAlbumIds } from '../redis/claims.ts'
import { onRedis, results } from '../redis/errors.ts'
import { callFunction } from '../redis/call-function.ts'
import { keysShownTo, type Keys } from '../redis/keys.ts'
import type { Session } from '../gallery/session.ts'
import { newOperationId } from '../../shared/domain/random-ids.ts'
import { isCollection } from './collection-copies.ts'
import { checkAudiences } from './visitors.ts'
import { applyRights } from './apply-acl.ts'
import { note } from './audit-log.ts'
import { readAccessRecord } from './access-record.ts'
import { isSomebody, readAccounts, readGrants } from './roster.ts'

/** Who may do what, as it was given. Administrators. */
export const readRights = ({ redis, keys }: Session): Promise<RightsTable> =>
  onRedis(async () => {
    const [accounts, access] = await Promise.all([
      readAccounts({ redis, keys }),
      readAccessRecord(redis, keys, new Set()),
    ])
    const people = [...accounts].filter(([name, record]) => isSomebody(name, record))
    const names = people.map(([name]) => name)
    const grants = await readGrants({ redis, keys }, names)
    const own = names.map((name, i) => [subjectOf('account', name), grants[i] ?? {}])
    const groups = [...access.groups].map(([name, { grants }]) => [subjectOf('group', name), grants])
    const makers = people.flatMap(([name, { stem: ownIdPrefix, makes }]) => {
      return ownIdPrefix && makes ? [{ name, ownIdPrefix }] : []
    })
    const made = await Promise.all(
      makers.map(async ({ name, ownIdPrefix }) => [
        name,
        await readAlbumIds(redis, [madeSet(keys, ownIdPrefix)]),
      ]),
    )
    return {
      grants: Object.fromEntries([...own, ...groups]) as RightsTable['grants'],
      public: access.publicAlbums,
      shows: Object.fromEntries(
        access.publicAlbums
          .filter((id) => !isCollection(id))
          .map((id) => [id, parseSwitches(access.publicSwitches[id])]),
      ),
      made: Object.fromEntries(made) as RightsTable['made'],
    }
  })

const keysOf = (keys: Keys, { subject, album }: RightChange): string[] => {
  const { kind, name } = parseSubject(subject)
  const info = isCollection(album) ? keys.collectionInfo(album) : keys.albumInfo(album)
  if (kind === 'guest') return [keys.public, info, info]
  return kind === 'group'
    ? [keys.groupGrants(name), keys.group(name), info]
    : [keys.grants(name), keys.account(name), info]
}

/** The accounts that a change concerns; null: everybody. */
const concerned = async ({ redis, keys }: Session, subjects: Set<Subject>): Promise<string[] | null> => {
  if (subjects.has('guest')) return null
  const names = await Promise.all(
    [...subjects].map(async (subject) => {
      const { kind, name } = parseSubject(subject)
      return kind === 'group' ? redis.smembers(keys.groupMembers(name)) : [name]
    }),
  )
  return names.flat()
}

/** Administrators may do everything, and the guest can be given no more than to look: neither is a matter of rights. */
const check = async ({ redis, keys }: Session, changes: RightChange[]) => {
  if (changes.some(({ subject, right }) => subject === 'guest' && mayComment(right)))
    throw new GalleryError('INVALID', 'guestCannotModify')
  const admins = new Set(await redis.smembers(keys.administrators))
  const idle = changes.find(({ subject, right }) => {
    const { kind, name } = parseSubject(subject)
    return kind === 'account' && right !== 'none' && (admins.has(name) || name === guestName)
  })
  if (idle)
    throw new GalleryError('INVALID', 'administratorAlready', { name: parseSubject(idle.subject).name })
}

/** An album is shown to as many audiences as there can be copies of it, the guest among them. */
const checkShown = async (session: Session, changes: RightChange[]) => {
  const { redis, keys } = session
  for (const { subject, album, right } of changes)
    if (subject === 'guest' && right !== 'none' && !isCollection(album))
      if (!(await redis.sismember(keys.public, album))) await checkAudiences(session, album)
}

/**
 * Gives rights and takes them, all or none, with effect on open connections. Answers what undoes it. NOT_FOUND where an
 * account, group or album is gone, CONFLICT where a right is not what `from` says. Administrators.
 */
export const setRights = (
  session: Session,
  changes: RightChange[],
  act = newOperationId(),
): Promise<RightChange[]> =>
  onRedis(async () => {
    const { redis, keys, account } = session
    await check(session, changes)
    await checkShown(session, changes)
    const touched = [
      keys.rights,
      keys.audit,
      keys.public,
      ...changes.flatMap((change) => keysOf(keys, change)),
    ]
    const rows = changes.flatMap(({ subject, album, right, from }) => [subject, album, right, from ?? ''])
    const done = await callFunction(redis, 'set-rights', touched, [account, act, ...rows])
    const undo = Array.from({ length: done.length / 3 }, (_, i): RightChange => {
      const [subject, album, former] = done.slice(3 * i, 3 * i + 3) as [Subject, string, AccessLevel]
      const made = changes.find((change) => change.subject === subject && change.album === album)
      return { subject, album, right: former, from: made?.right ?? 'none' }
    })
    const everybody = await concerned(session, new Set(undo.map(({ subject }) => subject)))
    if (undo.length > 0) await tellOfPublic(session, undo)
    await applyRights(redis, keys, everybody ? { names: everybody } : {})
    return undo
  })

/** The windows of administrators and the record of what happened speak of albums that became public. */
const tellOfPublic = async ({ redis, keys, account }: Session, undo: RightChange[]) => {
  for (const { subject, album, right } of undo) {
    if (subject !== 'guest') continue
    const what = right === 'none' ? 'published' : 'hidden'
    const fields = ['what', what, isCollection(album) ? 'collection' : 'album', album, 'by', account]
    await redis.xadd(keys.events, 'MAXLEN', '~', 1000, '*', ...fields)
  }
}

/** Keeps what guests are shown of an album, and notes it in the record of changes. */
const keepSwitches = async (session: Session, album: string, shows: VisitorSwitches) => {
  const { redis, keys } = session
  const [before, after] = [await redis.hget(keys.publicSwitches, album), formatSwitches(shows)]
  if (before === after) return
  await redis.hset(keys.publicSwitches, album, after)
  await note(session, 'public-changed', '', [
    ['album', '', album],
    ['shows', before ?? '', after],
  ])
}

/**
 * Lets guests see an album, or no longer; `shows`: what they are shown of it from now on, and given. NOT_FOUND for no album.
 * Administrators.
 */
export const publish = async (
  session: Session,
  album: string,
  shown: boolean,
  shows?: VisitorSwitches,
): Promise<void> => {
  const { redis, keys } = session
  if (shows && !(await onRedis(() => redis.exists(keys.albumInfo(album)))))
    throw new GalleryError('NOT_FOUND', 'albumGone')
  if (shows) await onRedis(() => keepSwitches(session, album, shows))
  const undo = await setRights(session, [{ subject: 'guest', album, right: shown ? 'read' : 'none' }])
  if (shows && undo.length === 0) await applyRights(redis, keys, { names: [guestName] })
}

/** What Redis itself says that an account may do with each album: nothing here computes rights. Administrators. */
export const seenBy = (session: Session, name: string): Promise<Seen[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    if (!(await redis.sismember(keys.users, name))) throw new GalleryError('NOT_FOUND', 'noAccount', { name })
    const albums = await readableAlbums(session)
    const user = redisUser(keys, name)
    const role = await redis.hget(keys.account(name), 'role')
    const seen = role === 'guest' || role === 'share' ? keysShownTo(keys, name) : keys
    const asked = redis.pipeline()
    for (const album of albums) {
      asked.call('ACL', 'DRYRUN', user, 'ZCARD', seen.albumPhotos(album))
      asked.call('ACL', 'DRYRUN', user, 'HDEL', keys.comments(album, name), 'x')
      asked.call('ACL', 'DRYRUN', user, 'ZREM', keys.albumPhotos(album), 'x')
    }
    const answers = results<string>(await asked.exec()).map((answer) => answer === 'OK')
    return albums.flatMap((album, i): Seen[] => {
      const [reads, comments, modifies] = answers.slice(3 * i, 3 * i + 3)
      if (!reads) return []
      return [{ album, right: modifies ? 'modify' : comments ? 'comment' : 'read' }]
    })
  })
