/** The Redis server that Cimaise starts for itself. */
import { join } from 'node:path'
import { projectRoot, SetUpError } from './console.mjs'
import { findPrograms, output, pathFolders } from './programs.mjs'
import { aptInstall, brewInstall, disableService, hasApt, hasBrew } from './system.mjs'

const oldest = 7

/** @param {string} program */
const majorVersion = (program) => Number(/v=(\d+)\./.exec(output(program, ['--version']) ?? '')?.[1] ?? 0)

/**
 * Looks for a server of version 7 or newer, first beside the program, then along the PATH.
 *
 * @returns {{ program: string | null, tooOld: string | null }} The server, and one that is too old.
 */
export const findRedis = (path = process.env.PATH ?? '', root = projectRoot) => {
  const folders = [join(root, 'resources', 'redis'), ...pathFolders(path)]
  const servers = findPrograms(['redis-server', 'valkey-server'], folders)
  const program = servers.find((server) => majorVersion(server) >= oldest) ?? null
  return { program, tooOld: servers.find((server) => server !== program) ?? null }
}

/** The server that goes into packages; null where there is none. */
export const bundledServer = () => findRedis('').program

/** What to do where set-up cannot install Redis. */
const advice = {
  win32: `Unpack a redis-server.exe of version ${oldest} or newer into resources\\redis, or set CIMAISE_REDIS_URL.`,
  darwin: 'Install Homebrew (https://brew.sh) or Redis, then try again, or set CIMAISE_REDIS_URL.',
  other: `Install Redis ${oldest} or newer, or Valkey, with this system's package manager, or set CIMAISE_REDIS_URL.`,
}

/** @param {string | null} tooOld */
const explain = (tooOld) => {
  const why = tooOld ? `${tooOld} is older than version ${oldest}.` : 'No redis-server was found.'
  return `${why} ${advice[/** @type {'win32' | 'darwin'} */ (process.platform)] ?? advice.other}`
}

/** Installs Redis where there is none that is new enough. */
export const ensureRedis = async () => {
  const before = findRedis()
  if (before.program) return
  if (hasApt() && !before.tooOld) {
    await aptInstall('redis-server', 'Redis')
    await disableService('redis-server')
  } else if (hasBrew()) {
    await brewInstall('redis', 'Redis')
  } else {
    throw new SetUpError(explain(before.tooOld))
  }
  const after = findRedis()
  if (!after.program) throw new SetUpError(explain(after.tooOld))
}
