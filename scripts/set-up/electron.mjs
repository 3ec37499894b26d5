/** Electron's program: whether it runs here, and getting it. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectRoot, runStep, say, SetUpError } from './console.mjs'
import { isProgram, output } from './programs.mjs'

const day = 24 * 3600 * 1000
const folder = join(projectRoot, 'node_modules', 'electron')

/** Remembers for a day that the download failed. */
const failed = join(projectRoot, 'node_modules', '.cache', 'cimaise', 'no-electron')

/** Electron's program, downloaded if need be; null where it cannot be had. @param {string} node @param {NodeJS.ProcessEnv} env */
export const getElectron = async (node, env) => {
  if (!findBinary()) await download(node, env)
  return findBinary()
}

/** The downloaded program, found without asking the package for it: that would start the download. */
const findBinary = () => {
  const path = join(folder, 'path.txt')
  if (!existsSync(path)) return null
  const binary = join(folder, 'dist', readFileSync(path, 'utf8').trim())
  return isProgram(binary) ? binary : null
}

/** Why no window can be opened on this machine, or null. */
const noWindow = () => {
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  return process.getuid?.() === 0 ? 'its sandbox does not work for root' : null
}

const failedLately = () => {
  const stats = statSync(failed, { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs < day
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
const download = async (node, env) => {
  say('Downloading Electron…')
  try {
    await runStep({
      name: 'electron',
      what: 'The download of Electron',
      advice: '',
      command: [node, join(folder, 'install.js')],
      options: { env, timeout: 180_000 },
    })
    rmSync(failed, { force: true })
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    mkdirSync(dirname(failed), { recursive: true })
    writeFileSync(failed, error.message)
  }
}

/**
 * Electron's program, downloaded if need be, or why there is none that runs.
 *
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ binary: string, why: null } | { binary: null, why: string }>}
 */
export const findElectron = async (node, env) => {
  const missing = noWindow()
  if (missing) return { binary: null, why: missing }
  if (!findBinary() && !failedLately()) await download(node, env)
  const binary = findBinary()
  if (!binary)
    return { binary: null, why: `it could not be downloaded; the next try is in a day, or delete ${failed}` }
  if (output(binary, ['--version']) === null)
    return { binary: null, why: 'a system library that it needs is missing' }
  return { binary, why: null }
}
