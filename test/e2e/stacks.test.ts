import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { closeBrowser, openPage } from '../support/browser.ts'
import { drawPhoto } from '../support/pictures/photos.ts'
import { drawDng } from '../support/pictures/raw-samples.ts'
import { startServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { drawVideo } from '../support/pictures/videos.ts'
import { cell, openAlbum } from '../support/window.ts'

afterAll(closeBrowser)

/** A camera's folder of RAW and JPEG, and one as a phone writes it: a live photo, and an edited copy. */
const opened = async (album: string) => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'Camera', 'DSC_1.JPG'), { taken: '2024:05:05 10:00:00' })
  writeFileSync(join(root, 'Camera', 'DSC_1.dng'), drawDng({ width: 96, height: 64 }))
  await drawPhoto(join(root, 'Camera', 'DSC_2.JPG'), { hue: 120, taken: '2024:05:05 11:00:00' })
  await drawPhoto(join(root, 'Phone', 'IMG_0001.jpg'), { hue: 200, taken: '2024:05:06 09:08:09' })
  drawVideo(join(root, 'Phone', 'IMG_0001.webm'))
  await drawPhoto(join(root, 'Phone', 'IMG_0002.jpg'), { hue: 260, taken: '2024:05:06 12:00:00' })
  await drawPhoto(join(root, 'Phone', 'IMG_E0002.jpg'), { hue: 300, taken: '2024:05:06 12:00:00' })
  const server = await startServer(['--watch', root])
  const page = await openPage()
  await page.goto(server.link)
  await page.getByText('4 photos').first().waitFor()
  await openAlbum(page, album)
  return page
}

/** Where pictures of the window go that are to be looked at; none where it is not set. */
const shots = process.env['CIMAISE_SHOTS']
type Page = Awaited<ReturnType<typeof opened>>
const shoot = async (page: Page, name: string) => {
  if (!shots) return
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: join(shots, `${name}-${width}.png`) })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('a RAW and its JPEG are one photo, another file shows, and they come apart and together', async () => {
  const page = await opened('Camera')
  await page.getByText('RAW+JPEG').waitFor()
  await page.locator('header').getByText('2 photos', { exact: true }).waitFor()
  await page.getByText('RAW+JPEG').click()
  await page.keyboard.press('i')
  const panel = page.getByRole('complementary', { name: 'Info' })
  await panel.getByText('DSC_1.dng', { exact: true }).waitFor()
  await shoot(page, 'raw')
  const saved = page.waitForEvent('download')
  await panel.getByRole('link', { name: 'Download' }).last().click()
  expect((await saved).suggestedFilename()).toBe('DSC_1.dng')
  await panel.getByRole('button', { name: 'Show this one' }).click()
  await page.locator('.cell').getByText('DSC_1.dng').waitFor()
  await page.keyboard.press('Control+z')
  await page.locator('.cell').getByText('DSC_1.JPG').waitFor()
  await page.getByText('RAW+JPEG').click()
  await page.keyboard.press('Shift+g')
  await page.locator('header').getByText('3 photos', { exact: true }).waitFor()
  await page.keyboard.press('Control+z')
  await page.locator('header').getByText('2 photos', { exact: true }).waitFor()
  await cell(page, 0).click()
  // What came back by the undo may still be on its way.
  const selected = page.getByRole('gridcell', { selected: true })
  await expect
    .poll(async () => {
      await page.keyboard.press('Control+a')
      return selected.count()
    })
    .toBe(2)
  await page.keyboard.press('g')
  await page.locator('header').getByText('1 photo', { exact: true }).waitFor()
  await page.getByText('3 files', { exact: true }).waitFor()
})

test('a live photo plays its film, and an edited copy shows before what it was made of', async () => {
  const page = await opened('Phone')
  await page.getByText('Live', { exact: true }).waitFor()
  await page.locator('.cell').getByText('IMG_E0002.jpg').waitFor()
  await page.getByText('Live', { exact: true }).click()
  await shoot(page, 'phone')
  await page.keyboard.press('Enter')
  await page.locator('img.original').waitFor()
  await page.getByRole('button', { name: 'Film' }).click()
  const film = page.locator('video')
  await film.waitFor()
  const now = () => film.evaluate((video) => (video as HTMLVideoElement).currentTime)
  await expect.poll(now, { timeout: 10_000 }).toBeGreaterThan(0.2)
  await shoot(page, 'film')
  await page.locator('img.original').waitFor()
})
