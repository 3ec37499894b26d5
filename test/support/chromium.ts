import { existsSync } from 'node:fs'

/** Switches that keep Chromium from looking for the outside world, and let it run as root. */
export const chromiumSwitches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The machine's own Chromium: `CHROMIUM_PATH`, which `npm test` sets, or where Debian puts it. */
export const chromiumPath = (): string => {
  const candidates = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-headless-shell']
  const found = candidates.find((path) => path && existsSync(path))
  if (!found) throw new Error('No Chromium was found: set CHROMIUM_PATH.')
  return found
}
