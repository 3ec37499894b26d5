import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, root, say, SetUpError } from './common.mjs'
import { installWithSystem } from './system.mjs'

const names = ['redis-server', 'valkey-server']

const majorVersion = (program) => {
  try {
    const text = execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 5000 })
    return Number(/v=(\d+)\./.exec(text)?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** A Redis or Valkey server of version 7 or newer: bundled, or along the PATH; null where there is none. */
export const findRedis = (path = process.env.PATH) => {
  const found = [findProgram(names, join(root, 'resources', 'redis')), ...names.map((name) => findProgram([name], path))]
  return found.find((program) => program && existsSync(program) && majorVersion(program) >= 7) ?? null
}

/** Sees to it that there is a Redis server to start. No system service is left behind: Cimaise starts its own. */
export const installRedis = () => {
  if (findRedis()) return
  say('Installing Redis…')
  installWithSystem({ what: 'Redis', apt: ['redis-server'], brew: ['redis'], service: 'redis-server' })
  if (!findRedis())
    throw new SetUpError('Cimaise needs Redis 7 or newer, or Valkey, and this system offers an older one. Install it, or set CIMAISE_REDIS_URL.')
}
