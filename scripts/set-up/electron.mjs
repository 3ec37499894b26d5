import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readStamp, root, say, writeStamp } from './common.mjs'
import { environment, node } from './packages.mjs'

const folder = join(root, 'node_modules', 'electron')
const failed = join(root, 'node_modules', '.cache', 'electron-download-failed')
const day = 24 * 60 * 60 * 1000
const patience = 3 * 60 * 1000

/** The Electron program, where it has been downloaded; null otherwise. */
export const electronBinary = () => {
  const name = join(folder, 'path.txt')
  const file = existsSync(name) ? join(folder, 'dist', readFileSync(name, 'utf8').trim()) : ''
  return file && existsSync(file) ? file : null
}

/** A download that failed is not tried again before a day has passed. */
const failedLately = () => Date.now() - Number(readStamp(failed) ?? 0) < day

const download = () => {
  say('Downloading Electron…')
  spawnSync(node, [join(folder, 'install.js')], {
    cwd: root,
    env: environment(),
    stdio: 'ignore',
    timeout: patience,
  })
  if (!electronBinary()) writeStamp(failed, String(Date.now()))
}

/** How the desktop app can be opened here: its program, or in one sentence why it cannot. */
export const findElectron = () => {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return { why: 'there is no display' }
  if (process.platform === 'linux' && process.getuid?.() === 0)
    return { why: 'Electron does not run as root' }
  if (!electronBinary() && !failedLately()) download()
  const program = electronBinary()
  return program ? { program } : { why: 'Electron could not be downloaded' }
}
