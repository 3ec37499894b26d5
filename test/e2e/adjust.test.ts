import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { serious } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { fingerOn, middleOf } from '../support/finger.ts'
import { cell, openAlbum, openWindow, selectRange } from '../support/window.ts'

afterAll(closeBrowser)

/** Whether the pictures of some cells are wider than high; null where one is not there yet. */
const wide = (page: Page, cells: number[]) =>
  Promise.all(
    cells.map(async (n) => {
      const box = await cell(page, n).locator('.picture').boundingBox()
      return box && box.width > box.height
    }),
  )

/** Pixels of the photo that is being adjusted, as they would be kept. */
const size = (page: Page) => page.getByRole('dialog').locator('header span').innerText()

const kept = (page: Page) => page.getByRole('group', { name: /What is kept/ })

test('several photos are turned by a key, stay so, and one that is cropped lends that to another', async () => {
  const { page } = await openWindow(3)
  await openAlbum(page, 'Corsica')
  await expect.poll(() => wide(page, [0, 1, 2])).toEqual([false, false, false])
  await selectRange(page, 0, 1)
  await page.keyboard.press('r')
  await expect.poll(() => wide(page, [0, 1, 2])).toEqual([true, true, false])
  await page.getByText('Turned 2 photos.').first().waitFor()
  await page.keyboard.press('Control+z')
  await expect.poll(() => wide(page, [0, 1, 2])).toEqual([false, false, false])

  await cell(page, 0).click()
  await page.keyboard.press('Shift+C')
  await kept(page).waitFor()
  await page.keyboard.press('r')
  await page.getByRole('checkbox', { name: 'Black and white' }).check()
  await page.getByRole('button', { name: 'Lower right corner' }).focus()
  for (let n = 0; n < 3; n++) await page.keyboard.press('Shift+ArrowUp')
  const cropped = await size(page)
  await page.getByRole('button', { name: 'Done' }).click()
  // What shows the photo large has the focus again, and its picture in the new light.
  await page.locator('.viewer feColorMatrix').first().waitFor({ state: 'attached' })
  await page.keyboard.press('o')
  await page.locator('.viewer feColorMatrix').first().waitFor({ state: 'detached' })
  await page.keyboard.press('o')
  await page.locator('.viewer feColorMatrix').first().waitFor({ state: 'attached' })
  await page.keyboard.press('Control+Shift+C')
  await page.keyboard.press('Escape')
  await cell(page, 2).click()
  await page.keyboard.press('Control+Shift+V')
  await page.getByText('Edited 1 photo.').first().waitFor()

  await page.reload()
  await cell(page, 2).click()
  await page.keyboard.press('Shift+C')
  await kept(page).waitFor()
  await expect.poll(() => page.getByRole('checkbox', { name: 'Black and white' }).isChecked()).toBe(true)
  const [across, high] = cropped.split(' × ').map((n) => Number(n.replace(',', '')))
  const [other, otherHigh] = (await size(page)).split(' × ').map((n) => Number(n.replace(',', '')))
  expect([other, otherHigh]).toEqual([across, expect.closeTo(high ?? 0, -1)])
})

test('a finger crops a photo', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const { page } = await openWindow(12, phone)
  const finger = await fingerOn(page)
  await cell(page, 0).tap()
  await page.getByRole('button', { name: 'More', exact: true }).tap()
  await page.getByRole('menuitem', { name: 'Turn and adjust' }).tap()
  await page.getByRole('menuitem', { name: 'Crop and adjust' }).tap()
  await kept(page).waitFor()
  const before = await size(page)
  const [x, y] = await middleOf(page.getByRole('button', { name: 'Upper left corner' }))
  await finger.swipe([x, y], [x + 80, y + 60])
  await expect.poll(() => size(page)).not.toBe(before)
  expect(await serious(page)).toEqual([])
  const done = page.getByRole('button', { name: 'Done' })
  // Where the machine is slow, a browser takes a tap for a long press.
  const tapped = async () => {
    await done.tap({ timeout: 1000 }).catch(() => undefined)
    return done.count()
  }
  await expect.poll(tapped, { interval: 200 }).toBe(0)
  await page.getByRole('button', { name: 'Original' }).waitFor()
})
