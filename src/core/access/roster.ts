import { chunksOf } from '../../shared/domain/chunks.ts'
import type { Grants } from '../../shared/domain/access.ts'
import { AccountName } from '../../shared/schemas/ids.ts'
import type { Session } from '../gallery/session.ts'
import { guestName } from '../redis/acl/redis-users.ts'
import { isDamaged } from '../redis/claims.ts'
import { callFunction } from '../redis/call-function.ts'
import { lostRecord } from './access-record.ts'

/*
 * What lists of everybody need of the record, and no more of it. It comes in a few answers of JSON: thousands of answers to commands
 * of their own take several times as long to be taken apart as Redis does to give them.
 */

/** Hashes of one call, so that Redis answers others in between. */
const hashesPerCall = 200

type Fields = Record<string, string>

/** Without a prototype, as such objects are made in half the time where there are thousands of other names. */
const toFields = (flat: readonly string[]): Fields => {
  const fields = Object.create(null) as Fields
  for (let at = 0; at < flat.length; at += 2) fields[flat[at] ?? ''] = flat[at + 1] ?? ''
  return fields
}

/** Hashes that administrators alone write, whole; null for a key that holds something else. */
const readWhole = async ({ redis }: Pick<Session, 'redis'>, hashes: string[]): Promise<(Fields | null)[]> => {
  const answers = await Promise.all(
    chunksOf(hashes, hashesPerCall).map((some) => callFunction(redis, 'read-whole-hashes', some, [])),
  )
  return answers.flat().map((flat) => (isDamaged(flat) ? null : toFields(flat === 0 ? [] : flat)))
}

/** The record of every account by name, guest, share links and tokens among them. Administrators. */
export const readAccounts = async (
  session: Pick<Session, 'redis' | 'keys'>,
): Promise<Map<string, Fields>> => {
  const { redis, keys } = session
  const [everybody, administrators] = await Promise.all([
    redis.smembers(keys.users),
    redis.smembers(keys.administrators),
  ])
  const names = everybody.toSorted()
  const admins = new Set(administrators)
  const records = await readWhole(
    session,
    names.map((name) => keys.account(name)),
  )
  return new Map(names.map((name, i) => [name, records[i] ?? lostRecord(admins.has(name))]))
}

/** What accounts were given themselves, in the order of their names. Administrators. */
export const readGrants = async (
  session: Pick<Session, 'redis' | 'keys'>,
  names: string[],
): Promise<Grants[]> => {
  const hashes = names.map((name) => session.keys.grants(name))
  return (await readWhole(session, hashes)).map((grants) => (grants ?? {}) as Grants)
}

/** Whether an account is somebody's: neither the guest's nor that of a link. A name that is none would fail a whole list; the doctor names it. */
export const isSomebody = (name: string, record: Partial<Fields>): boolean =>
  name !== guestName && record['role'] !== 'share' && AccountName.safeParse(name).success
