import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { openPage } from '../support/browser.ts'
import { cutPower, homeOf, redisFolder } from '../support/embedded.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { albumWithPhotos } from '../support/organise.ts'
import { startServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'

test('a window says once what a power cut took, with the number of bytes and where the copy is', async () => {
  const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-') })
  const gallery = await openGallery({ env })
  await albumWithPhotos(await gallery.self(), 'Before', 5)
  await gallery.close()
  await cutPower(env)
  appendFileSync(join(redisFolder(env), 'appendonlydir', 'appendonly.aof.1.incr.aof'), Buffer.alloc(5000))
  const server = await startServer([], { CIMAISE_HOME: homeOf(env), CIMAISE_REDIS_URL: '' })
  const page = await openPage()
  await page.goto(server.link)
  const notice = page.getByText(
    /5 kB at the end of the gallery’s file could not be read.*appendonlydir\.damaged-/,
  )
  await notice.waitFor()
  await page.getByText('5 photos').first().waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await notice.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByText('5 photos').first().waitFor()
  expect(await notice.count()).toBe(0)
})
