import { newName } from '../../shared/domain/random-ids.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Redis } from 'ioredis'
import { serversOf } from './clients.ts'
import type { Connection } from './connection.ts'
import { copiesWanted, sendSafely } from './copies.ts'
import { fromRedis } from './errors.ts'
import {
  libraryName,
  libraryText,
  luaFunctions,
  qualified,
  type FunctionName,
  type ReplyOf,
} from './functions.ts'

const isMissing = (error: unknown) => error instanceof Error && /Function not found/i.test(error.message)
/** All accounts may call functions that read: one that may not has rules of an older Cimaise still. */
const hasOldRules = (error: unknown) => error instanceof Error && /^NOPERM.*fcall_ro/i.test(error.message)
const isRefused = (error: unknown) => error instanceof Error && error.message.startsWith('NOPERM')

/** The text of our library on a server; null where it has none. */
const loadedText = async (node: Redis): Promise<string | null> => {
  const reply = (await node.call('FUNCTION', 'LIST', 'LIBRARYNAME', libraryName, 'WITHCODE')) as unknown[][]
  const fields: unknown[] = (reply[0] ?? []).flat()
  const code = fields[fields.indexOf('library_code') + 1]
  return reply.length > 0 && typeof code === 'string' ? code : null
}

/**
 * Sees to it that Redis has the functions of this version of Cimaise, and no others under their name. Writes nothing where
 * it has. Redis keeps them as it keeps data: over restarts, on replicas and in copies. Administrators.
 */
export const loadFunctions = async (redis: Connection): Promise<void> => {
  for (const node of serversOf(redis))
    if ((await loadedText(node)) !== libraryText) await node.call('FUNCTION', 'LOAD', 'REPLACE', libraryText)
}

/** Whether an account can call the functions of this version: after an update an administrator has to open the gallery first. */
export const hasFunctions = async (redis: Connection): Promise<boolean> => {
  try {
    await redis.call('FCALL_RO', qualified('read-sizes'), 0)
    return true
  } catch (error) {
    if (isMissing(error) || isRefused(error)) return false
    throw fromRedis(error)
  }
}

const afterUpdate = (cause: unknown) => new GalleryError('UNAVAILABLE', 'functionsMissing', {}, { cause })

/** The library is there for members once an administrator has opened the gallery with this version. */
const loadMissing = async (redis: Connection): Promise<void> => {
  try {
    await loadFunctions(redis)
  } catch (error) {
    throw isRefused(error) ? afterUpdate(error) : fromRedis(error)
  }
}

/** Who calls functions on a connection, and how safe a change has to be. */
export interface Caller {
  /** The key in which the account notes its calls (keys.calls). */
  calls: string
  /** The key that says how many other machines must have a change before it counts as made (keys.meta). */
  meta: string
}

const callers = new WeakMap<Connection, Caller>()

/** From now on calls on this connection are made once, however often they are sent, and wait for copies. */
export const noteCaller = (redis: Connection, caller: Caller): void => void callers.set(redis, caller)

/** What the keys of one gallery's metadata begin with. */
const tagOf = (key: string) => key.slice(0, key.indexOf('}') + 1)

type Argument = string | number | Buffer

const sendRead = (redis: Connection, name: FunctionName, keys: string[], args: Argument[]) =>
  redis.call('FCALL_RO', qualified(name), keys.length, ...keys, ...args)

/**
 * Sends a call that changes something. Its id is in it: where a connection is lost before the answer has come, the same call is sent
 * again (patience.ts), and the function refuses to do it twice (once in includes/common.lua).
 */
const sendChange = async (redis: Connection, name: FunctionName, keys: string[], args: Argument[]) => {
  const caller = callers.get(redis)
  // Thumbnails lie elsewhere in a cluster than what is noted of calls; what is done to one may be done twice.
  if (!caller || !keys.every((key) => key.startsWith(tagOf(caller.calls))))
    return redis.call('FCALL', qualified(name), keys.length, ...keys, ...args, '')
  const all = [...keys, caller.calls]
  const change = [qualified(name), all.length, ...all, ...args, newName()]
  return sendSafely(redis, change, await copiesWanted(redis, caller.meta))
}

/** A change that was sent and not answered in time may have been made: only what was never sent surely was not. */
const unanswered = (error: unknown) =>
  error instanceof Error && error.message.startsWith('CHANGINGOVER')
    ? new GalleryError('UNAVAILABLE', 'changeUnknown', {}, { cause: error })
    : error

/**
 * Calls a function of the library, and parses what it answers. Every key that it touches stands in `keys`, or begins with
 * one that does, so that Redis checks the caller's rights on all of them before the first line runs.
 * Throws what the function refuses with (its header says so), FORBIDDEN, or UNAVAILABLE where Redis has no such function
 * and the caller is no administrator, who would load it.
 */
export const callFunction = async <Name extends FunctionName>(
  redis: Connection,
  name: Name,
  keys: string[],
  args: Argument[],
): Promise<ReplyOf<Name>> => {
  const { flags, reply } = luaFunctions[name]
  const reads = (flags as string[]).includes('no-writes')
  const call = () => (reads ? sendRead : sendChange)(redis, name, keys, args)
  try {
    const answer = await call().catch(async (error: unknown) => {
      if (!isMissing(error)) throw error
      await loadMissing(redis)
      return call()
    })
    return reply.parse(answer) as ReplyOf<Name>
  } catch (error) {
    throw hasOldRules(error) ? afterUpdate(error) : fromRedis(reads ? error : unanswered(error))
  }
}
