/**
 * The smoke test of a packed program: CIMAISE_PROGRAM=<its path> npx vitest run test/desktop/package.test.ts. Its fuses leave it
 * no debugger of Node, so that Playwright's own way into Electron is shut: the page is reached by Chromium's.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { cleanEnvironment } from '../support/gallery.ts'
import { freePort } from '../support/redis/ports.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

const program = process.env['CIMAISE_PROGRAM']
const why = program ? '' : ' (skipped: CIMAISE_PROGRAM names none)'

const start = async (home: string, folder: string) => {
  const port = await freePort()
  const child = spawn(resolve(program ?? ''), [`--remote-debugging-port=${port}`, folder], {
    env: cleanEnvironment({ CIMAISE_HOME: home }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await expect.poll(() => output, { timeout: 90_000 }).toContain('Cimaise is ready')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((one) => one.url() === 'cimaise://app/')
  if (!page) throw new Error('no window shows the page')
  return { child, page, ended }
}

test.skipIf(!program)(
  `a packed program starts anew, shows a photo, and ends with its Redis${why}`,
  async () => {
    const home = temporaryFolder()
    const folder = temporaryFolder()
    await drawPhoto(folder, 'photo.jpg')
    const { child, page, ended } = await start(home, folder)
    await expectPhotos(page, 1)
    expect(existsSync(join(home, 'redis', 'redis.pid'))).toBe(true)
    // Windows has no signal that a program may answer; there the last window ends it.
    if (process.platform === 'win32') await page.close()
    else child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await expect.poll(() => existsSync(join(home, 'redis', 'redis.pid'))).toBe(false)
  },
)
