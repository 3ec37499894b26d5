import { createHash } from 'node:crypto'
import type { Connection } from './connect.ts'
import { fromRedis } from './errors.ts'

export interface Script {
  lua: string
  sha1: string
  /** A reader may run it: Redis counts the keys of EVAL as read and write, those of EVAL_RO as read. */
  readOnly: boolean
}

/** A script of one or several parts: functions that scripts share come first. */
export const script = (parts: string | string[], { readOnly = false } = {}): Script => {
  const lua = [parts].flat().join('\n')
  return { lua, sha1: createHash('sha1').update(lua).digest('hex'), readOnly }
}

/**
 * Runs a script. Every key that it touches stands in `keys`, so that Redis checks the caller's rights on all of them
 * before the first line runs.
 */
export const runScript = async (
  redis: Connection,
  { lua, sha1, readOnly }: Script,
  keys: string[],
  args: (string | number | Buffer)[],
): Promise<unknown> => {
  const command = readOnly ? (['EVALSHA_RO', 'EVAL_RO'] as const) : (['EVALSHA', 'EVAL'] as const)
  const rest = [keys.length, ...keys, ...args]
  try {
    return await redis.call(command[0], sha1, ...rest)
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw fromRedis(error)
  }
  try {
    return await redis.call(command[1], lua, ...rest)
  } catch (error) {
    throw fromRedis(error)
  }
}
