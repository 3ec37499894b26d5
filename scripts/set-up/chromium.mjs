import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, say, SetUpError, windows } from './common.mjs'
import { installWithSystem } from './system.mjs'

const names = ['chromium', 'chromium-headless-shell', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'microsoft-edge']

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...(windows
    ? [process.env.ProgramFiles, process.env['ProgramFiles(x86)']].flatMap((folder) => [
        join(folder ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder ?? '', 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ])
    : []),
]

/** A Chromium that tests can drive, or null. */
export const findChromium = () => {
  const named = process.env.CHROMIUM_PATH
  if (named) return existsSync(named) ? named : null
  return findProgram(names) ?? places.find((file) => existsSync(file)) ?? null
}

/** Sees to it that there is a Chromium for the end-to-end tests, and returns its place. */
export const installChromium = () => {
  const found = findChromium()
  if (found) return found
  if (process.env.CHROMIUM_PATH) throw new SetUpError(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which is not there.`)
  say('Installing Chromium for the tests…')
  installWithSystem({
    what: 'Chromium',
    apt: ['chromium'],
    brew: ['--cask', 'google-chrome'],
    else: 'Chrome, Chromium or Edge will do; CHROMIUM_PATH may name one.',
  })
  const installed = findChromium()
  if (!installed) throw new SetUpError('Chromium was installed but is not found. Set CHROMIUM_PATH to it.')
  return installed
}
