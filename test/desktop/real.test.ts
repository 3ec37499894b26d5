import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { cleanEnvironment } from '../support/gallery.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Electron's binary where it was downloaded, without asking the package for it: that would start the download. */
const electronBinary = () => {
  const folder = join(root, 'node_modules', 'electron')
  const path = join(folder, 'path.txt')
  const binary = existsSync(path) && join(folder, 'dist', readFileSync(path, 'utf8').trim())
  return binary && existsSync(binary) ? binary : null
}

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

const binary = electronBinary()
const why = !binary
  ? ' (skipped: its binary is not here)'
  : !hasDisplay()
    ? ' (skipped: there is no display)'
    : ''

test.skipIf(why)(`Electron itself opens the window and shows a photo${why}`, async () => {
  const folder = temporaryFolder()
  await drawPhoto(folder, 'photo.jpg')
  // Chromium's sandbox does not work for root.
  const switches = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const electron = await _electron.launch({
    executablePath: binary ?? '',
    args: [...switches, root, folder],
    env: cleanEnvironment({ CIMAISE_HOME: temporaryFolder() }) as Record<string, string>,
  })
  onTestFinished(() => electron.close())
  let output = ''
  electron.process().stdout?.on('data', (data: Buffer) => (output += data.toString()))
  const page = await electron.firstWindow()
  await expectPhotos(page, 1)
  expect(await page.title()).toContain('Cimaise')
  expect(page.url()).toBe('cimaise://app/')
  await expect.poll(() => output).toContain('Cimaise is ready: cimaise://app/')
})
