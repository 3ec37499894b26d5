import { GalleryError } from '../../shared/errors.ts'
import { isReserved, tooAlike } from '../../shared/domain/account-names.ts'
import { newOperationId } from '../../shared/domain/random-ids.ts'
import { parseSetAside } from '../../shared/domain/set-aside.ts'
import type { Account, Role } from '../../shared/schemas/account.ts'
import { AccountName } from '../../shared/schemas/ids.ts'
import { isIdPrefix, newIdPrefix } from '../gallery/ids.ts'
import { passwordDigest } from '../redis/acl/passwords.ts'
import { ownerName, redisUser } from '../redis/acl/redis-users.ts'
import { madeSet } from '../albums/visible-albums.ts'
import { keepSaid } from '../comments/commenters.ts'
import { callFunction } from '../redis/call-function.ts'
import { readAlbumIds } from '../redis/claims.ts'
import { passwordOf, replacePassword } from '../redis/clients.ts'
import { onRedis, results } from '../redis/errors.ts'
import { scanKeys } from '../redis/scan-keys.ts'
import type { Session } from '../gallery/session.ts'
import { deleteRedisUser } from './acl-file.ts'
import { applyRights } from './apply-acl.ts'
import { groupsOf, readAccessRecord, readGroups, redisTime, type AccessRecord } from './access-record.ts'
import { isSomebody, readAccounts } from './roster.ts'
import { endConnections, oneself } from './sessions.ts'
import { dropOwnWays } from './own-ways.ts'
import { markSignedOut } from './signed-out.ts'

/** How long an account that was set aside and let in again is not measured, in milliseconds. */
const graceMs = 24 * 60 * 60 * 1000

const toAccount = (
  name: string,
  record: Partial<Record<string, string>>,
  { hasPassword, groups }: Pick<Account, 'hasPassword' | 'groups'>,
): Account => {
  return {
    name,
    displayName: record['displayName'] || name,
    role: record['role'] === 'administrator' ? 'administrator' : 'member',
    canCreateAlbums: record['makes'] === '1',
    disabled: record['disabled'] === '1',
    setAside: record['disabled'] === '1' ? parseSetAside(record['setAside']) : null,
    hasPassword,
    revision: Number(record['revision'] ?? 0),
    created: record['created'] ?? null,
    groups,
  }
}

const isAccountName = (name: string) => AccountName.safeParse(name).success

/** The names of members' and administrators' accounts: neither the guest's nor those of share links. */
export const namesIn = ({ accounts }: AccessRecord): string[] =>
  [...accounts].flatMap(([name, { record }]) => (isSomebody(name, record) ? [name] : []))

/** Everybody's accounts, by name. Administrators. */
export const listAccounts = (session: Session): Promise<Account[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const [accounts, groups, logins] = await Promise.all([
      readAccounts(session),
      readGroups(redis, keys),
      redis.hkeys(keys.logins),
    ])
    const known = new Set(logins)
    return [...accounts].flatMap(([name, record]) =>
      isSomebody(name, record)
        ? [toAccount(name, record, { hasPassword: known.has(name), groups: [...groupsOf(groups, name)] })]
        : [],
    )
  })

/** What the script needs to be told of who does it, and the keys it works on. */
export const saveAccount = async (
  { redis, keys, account }: Session,
  mode: 'create' | 'edit',
  name: string,
  what: string,
  fields: Record<string, string>,
  {
    revision = '',
    login = '',
    audit = keys.audit,
  }: { revision?: string; login?: string; audit?: string } = {},
): Promise<number> => {
  const touched = [keys.users, keys.account(name), keys.administrators, keys.logins, keys.rights, audit]
  const args = [
    account,
    newOperationId(),
    mode,
    name,
    revision,
    login,
    what,
    ...Object.entries(fields).flat(),
  ]
  return callFunction(redis, 'save-account', touched, args)
}

const find = async ({ redis, keys }: Session, name: string): Promise<Account> => {
  const [access, login] = await Promise.all([
    readAccessRecord(redis, keys, new Set([name])),
    redis.hget(keys.logins, name),
  ])
  if (!namesIn(access).includes(name)) throw new GalleryError('NOT_FOUND', 'noAccount', { name })
  return toAccount(name, access.accounts.get(name)?.record ?? {}, {
    hasPassword: login !== null,
    groups: [...groupsOf(access.groups, name)],
  })
}

/** The fields that let an account make albums: an id prefix of its own, which it keeps for good. */
const makerFields = async ({ redis, keys }: Session, name: string) => {
  const ownIdPrefix = (await redis.hget(keys.account(name), 'stem')) ?? newIdPrefix(name)
  await redis.sadd(keys.makers, ownIdPrefix)
  return { makes: '1', stem: ownIdPrefix }
}

export interface NewAccount {
  name: string
  displayName?: string | undefined
  role: Role
  canCreateAlbums: boolean
  /** What it logs in with (credentials.ts). */
  key: string
}

/** Makes an account. CONFLICT where the name is taken or is too like another; INVALID where it is reserved. */
export const createAccount = (session: Session, wanted: NewAccount): Promise<Account> =>
  onRedis(async () => {
    const { redis, keys } = session
    const { name, displayName, role, canCreateAlbums, key } = wanted
    if (isReserved(name)) throw new GalleryError('INVALID', 'accountReserved', { name })
    const like = tooAlike(name, (await redis.smembers(keys.users)).filter(isAccountName))
    if (like) throw new GalleryError('CONFLICT', 'accountAlike', { name, like })
    const login = passwordDigest(key)
    const fields = {
      displayName: displayName ?? name,
      role,
      created: new Date().toISOString(),
      ...(canCreateAlbums ? await makerFields(session, name) : {}),
    }
    await saveAccount(session, 'create', name, 'account-created', fields, { login })
    await applyRights(redis, keys, { names: [name], logins: { [name]: login } })
    return find(session, name)
  })

export interface AccountEdit {
  name: string
  /** What the caller saw; CONFLICT where it has changed since. */
  revision?: number | undefined
  displayName?: string | undefined
  role?: Role | undefined
  canCreateAlbums?: boolean | undefined
  disabled?: boolean | undefined
}

/**
 * Albums that an account made stay its own to modify when it may make no more. Which ones it made is what it says itself: of
 * that, only albums whose ids begin as its own do become rights.
 */
const keepMade = async ({ redis, keys }: Session, name: string) => {
  const ownIdPrefix = await redis.hget(keys.account(name), 'stem')
  const made =
    ownIdPrefix && isIdPrefix(ownIdPrefix) ? await readAlbumIds(redis, [madeSet(keys, ownIdPrefix)]) : []
  const granted = redis.pipeline()
  for (const album of made) granted.hset(keys.grants(name), album, 'modify')
  results(await granted.exec())
}

/** An account that was set aside has time to clear up when it is let in again, before it is measured. */
const graceFields = async ({ redis, keys }: Session, name: string) => {
  if (!(await redis.hexists(keys.account(name), 'setAside'))) return {}
  return { setAside: '', grace: new Date((await redisTime(redis)) + graceMs).toISOString() }
}

/** Changes an account. CONFLICT where another session did meanwhile, or no administrator would remain. */
export const editAccount = (session: Session, edit: AccountEdit): Promise<Account> =>
  onRedis(async () => {
    const { redis, keys } = session
    const { name, revision, displayName, role, canCreateAlbums, disabled } = edit
    const flag = (value: boolean) => (value ? '1' : '')
    const fields = {
      ...(displayName === undefined ? {} : { displayName }),
      ...(role === undefined ? {} : { role }),
      ...(disabled === undefined ? {} : { disabled: flag(disabled) }),
      ...(canCreateAlbums === undefined
        ? {}
        : canCreateAlbums
          ? await makerFields(session, name)
          : { makes: '' }),
    }
    if (disabled === false) Object.assign(fields, await graceFields(session, name))
    const seen = revision === undefined ? {} : { revision: String(revision) }
    await saveAccount(session, 'edit', name, 'account-changed', fields, seen)
    // Its sessions are not back when it is let in again.
    if (disabled) await markSignedOut(session, name)
    if (canCreateAlbums === false || role === 'administrator') await keepMade(session, name)
    await applyRights(redis, keys, { names: [name] })
    return find(session, name)
  })

/** The owner of this computer's gallery has the key file of the data folder instead. */
export const refuseOwner = (name: string) => {
  if (name === ownerName) throw new GalleryError('INVALID', 'ownerHasNoPassword')
}

/** Gives an account another password, by the key that is made from it; its connections end, but for one's own. */
export const setPassword = (session: Session, name: string, key: string): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    refuseOwner(name)
    const login = passwordDigest(key)
    const former = await redis.hget(keys.logins, name)
    await saveAccount(session, 'edit', name, 'password-set', {}, { login })
    await applyRights(redis, keys, { names: [name], logins: { [name]: login } })
    await endConnections(session, name, name === session.account ? oneself(session) : undefined)
    // A session that a server let in comes back by the key that the server keeps.
    if (name === session.account && passwordDigest(passwordOf(redis)) === former) replacePassword(redis, key)
  })

/** Removes the Redis user and the record of an account, of whichever kind. */
export const removeAccount = async (session: Session, name: string, what: string, detail = '') => {
  const { redis, keys, account } = session
  const groups = await redis.smembers(keys.groups)
  const touched = [
    ...[keys.users, keys.administrators, keys.logins, keys.applied, keys.rights, keys.audit],
    ...[keys.account(name), keys.grants(name), keys.effective(name), keys.accountEvents(name)],
    ...[keys.requests(name), keys.ended(name)],
    ...groups.map((group) => keys.groupMembers(group)),
  ]
  await keepSaid(redis, keys, name)
  await redis.hdel(keys.keptLogins, name)
  await dropOwnWays(session, name)
  await callFunction(redis, 'delete-account', touched, [account, newOperationId(), name, what, detail])
  await deleteRedisUser(redis, keys, redisUser(keys, name)) // its connections end with it
  for await (const part of scanKeys(redis, keys.pattern.user(name))) await redis.unlink(...part)
  await keepSaid(redis, keys, name) // what it said in between
}

/** The tokens of an account go with it. */
const endTokens = async (session: Session, name: string) => {
  const { redis, keys } = session
  for (const token of await redis.hkeys(keys.tokens(name)))
    if ((await redis.hget(keys.account(token), 'of')) === name)
      await removeAccount(session, token, 'token-ended')
}

/** Deletes an account. Its albums stay. INVALID for one's own, CONFLICT for the last administrator's. */
export const deleteAccount = (session: Session, name: string): Promise<void> =>
  onRedis(async () => {
    if (name === session.account) throw new GalleryError('INVALID', 'ownAccount')
    await find(session, name)
    await endTokens(session, name)
    await removeAccount(session, name, 'account-deleted')
  })
