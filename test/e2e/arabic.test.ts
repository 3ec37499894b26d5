import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { serious } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { fingerOn } from '../support/finger.ts'
import { drawPhotos } from '../support/pictures/photos.ts'
import { shared } from '../support/shared.ts'
import { cell, serveFolder, visit } from '../support/window.ts'

afterAll(closeBrowser)

const photos = 12
const served = shared(() =>
  serveFolder(async (root) => {
    await drawPhotos(join(root, 'Corsica'), photos)
    return photos
  }),
)

/** A window that is read from the right. */
const openArabic = async (options: Parameters<typeof visit>[1] = {}) => {
  const { page } = await visit(served(), { locale: 'ar', ...options }, () => '12 صورة')
  await cell(page, photos - 1).waitFor()
  return page
}

const boxOf = async (of: Locator) => {
  const box = await of.boundingBox()
  if (!box) throw new Error('it is not there')
  return { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height }
}

const cursor = (page: Page) => page.getByRole('grid', { name: 'الصور' }).getAttribute('aria-activedescendant')

test('in Arabic the window is the other way round: sidebar, titles, photos, tree, timeline', async () => {
  const page = await openArabic()
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
    'ar',
    'rtl',
  ])
  expect((await boxOf(page.getByRole('tree', { name: 'الألبومات' }))).left).toBeGreaterThan(1000)
  const [heading, info] = [
    page.getByRole('heading', { level: 1 }),
    page.getByRole('button', { name: 'معلومات' }),
  ]
  expect((await boxOf(heading)).left).toBeGreaterThan((await boxOf(info)).right)
  const [first, second] = [await boxOf(cell(page, 0)), await boxOf(cell(page, 1))]
  expect(first.left).toBeGreaterThan(second.left)
  expect(first.top).toBe(second.top)
  expect((await boxOf(page.getByRole('slider', { name: 'الخط الزمني' }))).right).toBeLessThan(60)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440)
})

test('arrow keys go where they point, in the grid and in an open photo', async () => {
  const page = await openArabic()
  await cell(page, 0).click()
  await page.keyboard.press('ArrowLeft')
  expect(await cursor(page)).toBe('cell-1')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  expect(await cursor(page)).toBe('cell-1')
  await page.keyboard.press('Enter')
  const viewer = page.getByRole('region', { name: 'الصورة' })
  await viewer.waitFor()
  const at = () => viewer.getByText(/^\W*2\W* من \W*12\W*$/).count()
  await expect.poll(at).toBe(1)
  const [next, previous] = [
    await boxOf(viewer.getByRole('button', { name: 'الصورة التالية' })),
    await boxOf(viewer.getByRole('button', { name: 'الصورة السابقة' })),
  ]
  expect(next.right).toBeLessThan(previous.left)
  await page.keyboard.press('ArrowLeft')
  await viewer.getByText(/^\W*3\W* من \W*12\W*$/).waitFor()
  await page.keyboard.press('ArrowRight')
  await expect.poll(at).toBe(1)
})

test('a menu opens to the left of the pointer, and a marquee selects what it is drawn over', async () => {
  const page = await openArabic()
  const box = await boxOf(cell(page, 1))
  const at = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
  await page.mouse.click(at.x, at.y, { button: 'right' })
  const menu = await boxOf(page.getByRole('menu'))
  expect(Math.abs(menu.right - at.x)).toBeLessThan(2)
  await page.keyboard.press('Escape')
  const first = await boxOf(cell(page, 0))
  await page.mouse.move(first.right - 2, first.bottom + 60)
  await page.mouse.click(first.right - 2, first.bottom + 400)
  await page.mouse.move(first.right + 3, first.top + 4)
  await page.mouse.down()
  await page.mouse.move(box.left + 10, box.bottom - 10, { steps: 5 })
  await page.mouse.up()
  const selected = await page
    .getByRole('gridcell', { selected: true })
    .evaluateAll((cells) => cells.map(({ id }) => id))
  expect(selected).toEqual(['cell-0', 'cell-1'])
})

test('on a phone a swipe to the right brings the next photo, and axe has nothing to say', async () => {
  const page = await openArabic({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const finger = await fingerOn(page)
  expect(await serious(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await cell(page, 0).tap()
  const viewer = page.getByRole('region', { name: 'الصورة' })
  await viewer.getByText(/^\W*1\W* من \W*12\W*$/).waitFor()
  await finger.swipe([90, 400], [320, 410])
  await viewer.getByText(/^\W*2\W* من \W*12\W*$/).waitFor()
  await finger.swipe([320, 400], [90, 410])
  await viewer.getByText(/^\W*1\W* من \W*12\W*$/).waitFor()
  expect(await serious(page)).toEqual([])
})
