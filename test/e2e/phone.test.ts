import { afterAll, expect, test } from 'vitest'
import { serious } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { fingerOn, middleOf } from '../support/finger.ts'
import { cell, openWindow } from '../support/window.ts'

afterAll(closeBrowser)

test('on a phone everything is done by finger: albums, picking, stars, leafing, closing, going back', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const { page } = await openWindow(12, phone)
  const finger = await fingerOn(page)
  const viewer = page.getByRole('region', { name: 'Photo' })
  const picked = page.getByRole('gridcell', { selected: true })
  await page.getByRole('button', { name: 'Albums', exact: true }).tap()
  const cover = page.getByRole('link', { name: 'Corsica 12 photos · May 2024' })
  await cover.locator('img').first().waitFor()
  expect(await serious(page)).toEqual([])
  await cover.tap()
  await page.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
  await cell(page, 4).waitFor()
  const [first, second] = [await cell(page, 0).boundingBox(), await cell(page, 1).boundingBox()]
  expect(first?.x).toBeLessThanOrEqual(1)
  expect(first?.width).toBe(first?.height)
  expect(second?.y).toBe(first?.y)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)

  await finger.down(await middleOf(cell(page, 1)))
  await page.getByRole('toolbar', { name: 'Select photos' }).waitFor()
  await finger.move(await middleOf(cell(page, 3)))
  await finger.up()
  await expect.poll(() => picked.count()).toBe(3)
  await cell(page, 2).tap()
  await expect.poll(() => picked.count()).toBe(2)
  expect(await serious(page)).toEqual([])
  await page.getByRole('button', { name: '4 of 5 stars' }).tap()
  await page.getByText('Rated 2 photos').first().waitFor()
  await page.getByRole('button', { name: 'Stop selecting' }).tap()
  expect(await picked.count()).toBe(0)

  await cell(page, 1).tap()
  await viewer.getByText('2 of 12').waitFor()
  await finger.swipe([320, 400], [90, 410])
  await viewer.getByText('3 of 12').waitFor()
  expect(await serious(page)).toEqual([])
  await finger.swipe([90, 400], [320, 410])
  await viewer.getByText('2 of 12').waitFor()
  await finger.swipe([200, 300], [205, 560])
  await viewer.waitFor({ state: 'detached' })
  expect(await picked.count()).toBe(0)
  await cell(page, 0).tap()
  await viewer.getByText('1 of 12').waitFor()
  await page.goBack()
  await viewer.waitFor({ state: 'detached' })
  await page.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
})
