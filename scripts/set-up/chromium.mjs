/** The browser of the end-to-end tests. */
import { join } from 'node:path'
import { SetUpError } from './console.mjs'
import { findPrograms, isProgram } from './programs.mjs'
import { aptInstall, brewInstall, hasApt, hasBrew, isDistribution } from './system.mjs'

const names = [
  'chromium',
  'chromium-headless-shell',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]

/** Where browsers are that are not in the PATH. */
const usualPaths = () => {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  if (process.platform !== 'win32') return []
  const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
  const programs = [
    'Google\\Chrome\\Application\\chrome.exe',
    'Chromium\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ]
  return programs.flatMap((program) => roots.flatMap((root) => (root ? [join(root, program)] : [])))
}

/** The program of a Chromium, or null. */
export const findChromium = (env = process.env) => {
  if (env.CHROMIUM_PATH) {
    if (isProgram(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH
    throw new SetUpError(
      `CHROMIUM_PATH names ${env.CHROMIUM_PATH}, which is no program. Set it right, or not at all.`,
    )
  }
  return findPrograms(names)[0] ?? usualPaths().find(isProgram) ?? null
}

/** Installs a Chromium where there is none. @returns {Promise<string>} Its program. */
export const ensureChromium = async () => {
  const before = findChromium()
  if (before) return before
  // Ubuntu's package only sends for a snap, which a service or a container cannot run.
  if (hasApt() && !isDistribution('ubuntu')) await aptInstall('chromium', 'Chromium')
  else if (hasBrew()) await brewInstall('chromium', 'Chromium', '--cask')
  const after = findChromium()
  if (after) return after
  throw new SetUpError(
    'The end-to-end tests need a Chromium, and none was found. Install Google Chrome or Chromium, ' +
      'or set CHROMIUM_PATH to the program of one, then try again.',
  )
}
