import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { drawPhoto } from '../support/pictures/photos.ts'
import { shared } from '../support/shared.ts'
import { drawVideo, videoBytes } from '../support/pictures/videos.ts'
import { cell, openAlbum, serveFolder, visit } from '../support/window.ts'

afterAll(closeBrowser)

/** A JPEG with the film behind it, and the XMP that says so. */
const drawMotionPhoto = async (file: string) => {
  await drawPhoto(file, { taken: '2024:05:05 10:00:00' })
  const film = videoBytes()
  const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x GCamera:MicroVideoOffset="${film.length}"/>`)
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0])
  head.writeUInt16BE(xmp.length + 2, 4)
  writeFileSync(file, Buffer.concat([head, xmp, readFileSync(file).subarray(2)]))
  appendFileSync(file, film)
}

/** An album of a photo and a video after it in time, and one of a photo with a film. */
const served = shared(() =>
  serveFolder(async (root) => {
    await drawPhoto(join(root, 'Day/a-photo.jpg'), { taken: '2024:05:05 10:00:00' })
    drawVideo(join(root, 'Day/b-film.webm'))
    await drawMotionPhoto(join(root, 'Motion/a.jpg'))
    return 3
  }),
)

/** A window on one of the albums. */
const opened = async (album: string) => {
  const { page } = await visit(served())
  await openAlbum(page, album)
  return { page }
}

test('a video has its duration on its thumbnail, is found by the filter, and plays in the viewer', async () => {
  const { page } = await opened('Day')
  await page.getByText('0:03').waitFor()
  await page.getByRole('button', { name: 'Filter' }).first().click()
  await page.getByRole('button', { name: 'Videos', exact: true }).click()
  await page.locator('header').getByText('1 photo', { exact: true }).waitFor()
  await cell(page, 0).dblclick()
  const film = page.locator('video')
  const now = () => film.evaluate((video) => (video as HTMLVideoElement).currentTime)
  await film.waitFor()
  expect(await now()).toBe(0)
  await page.keyboard.press('Space')
  await expect.poll(now, { timeout: 10_000 }).toBeGreaterThan(0.2)
  await page.keyboard.press('Space')
  expect(await film.evaluate((video) => (video as HTMLVideoElement).paused)).toBe(true)
  await page.keyboard.press('m')
  expect(await film.evaluate((video) => (video as HTMLVideoElement).muted)).toBe(true)
})

test('the arrows lead from a video that plays to the photo beside it, and nothing of the video stays', async () => {
  const { page } = await opened('Day')
  await page.getByText('0:03').click()
  await page.keyboard.press('Enter')
  const film = page.locator('video')
  await film.waitFor()
  await film.click()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.locator('img.original').waitFor()
  expect(await page.locator('video, img.original').count()).toBe(1)
})

test('a motion photo is a photo, whose film is played where it is asked for, and which is back at its end', async () => {
  const { page } = await opened('Motion')
  await cell(page, 0).dblclick()
  await page.locator('img.original').waitFor()
  await page.getByRole('button', { name: 'Film', exact: true }).click()
  const film = page.locator('video')
  await expect
    .poll(() => film.evaluate((video) => (video as HTMLVideoElement).currentTime), { timeout: 10_000 })
    .toBeGreaterThan(0.2)
  expect(await page.locator('img.original').count()).toBe(0)
  await page.locator('img.original').waitFor()
  expect(await film.count()).toBe(0)
})
