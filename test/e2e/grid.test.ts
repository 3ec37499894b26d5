import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { command, commandJson } from '../support/cli.ts'
import { drawPhoto, drawPhotos } from '../support/pictures/photos.ts'
import { shared } from '../support/shared.ts'
import { cell, serveFolder, titleAt, visit } from '../support/window.ts'

afterAll(closeBrowser)

const serve = (count: number) =>
  serveFolder(async (root) => {
    await drawPhotos(join(root, 'Corsica'), count)
    return count
  })

/** A window on `count` photos; those that come later are newer, so that they come in above. */
const openGrid = async (count: number) => {
  const { page, root, server } = await visit(await serve(count))
  const add = async (name: string, hue: number) =>
    drawPhoto(join(root, `Corsica/${name}.jpg`), { hue, taken: '2025:01:01 10:00:00' })
  return { page, add, env: server.env }
}

const grid = (page: Page) => page.getByRole('grid')

/** Where a photo is on the screen. */
const topOf = async (page: Page, title: string) =>
  (await page.getByRole('gridcell', { name: title }).boundingBox())?.y

test('photos that come in above do not move what is looked at, wherever the cursor is', async () => {
  const { page, add } = await openGrid(90)
  await cell(page, 2).click()
  await grid(page).evaluate((element) => (element.scrollTop = 1500))
  await expect.poll(() => cell(page, 48).count()).toBe(1)
  const title = await titleAt(page, 48)
  const before = await topOf(page, title)
  for (let n = 0; n < 6; n++) await add(`new-${n}`, 200 + n)
  await page.getByText('96 photos').first().waitFor()
  await expect.poll(() => topOf(page, title)).toBe(before)
})

test('an open photo stays open while newer ones come, and its number follows', async () => {
  const { page, add } = await openGrid(12)
  await cell(page, 3).dblclick()
  await page.getByText('4 of 12').waitFor()
  const title = await page.getByRole('heading', { level: 1 }).innerText()
  await page.locator('img.original:not(.coming)').waitFor()
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/original/')) asked.push(request.url())
  })
  await add('newer', 220)
  await page.getByText('5 of 13').waitFor()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title)
  expect(asked).toEqual([])
})

test('photos that another session takes away are not selected any more', async () => {
  const { page, env } = await openGrid(12)
  await cell(page, 11).waitFor()
  await expect
    .poll(async () => {
      await grid(page).press('ControlOrMeta+a')
      return page.getByText('12 photos selected').first().isVisible()
    })
    .toBe(true)
  const photos = await commandJson<{ id: string }[]>(env, 'photos', 'Corsica')
  await command(env, 'trash', ...photos.slice(0, 3).map(({ id }) => id))
  await page.getByText('9 photos selected').first().waitFor()
})

describe('in a gallery that nothing changes,', () => {
  const served = shared(() => serve(90))

  test('another size of thumbnails keeps what is looked at in sight', async () => {
    const { page } = await visit(served())
    await grid(page).evaluate((element) => (element.scrollTop = 1500))
    await expect.poll(() => cell(page, 48).count()).toBe(1)
    const title = await titleAt(page, 48)
    for (const size of ['96', '320', '176']) {
      await page.getByLabel('Thumbnail size').fill(size)
      await page.getByRole('gridcell', { name: title }).waitFor()
    }
  })

  test('a rubber band may begin beside a picture, and a click there selects it', async () => {
    const { page } = await visit(served())
    const [first, second] = [await cell(page, 0).boundingBox(), await cell(page, 1).boundingBox()]
    if (!first || !second) throw new Error('no cells')
    await page.mouse.click(first.x + 3, first.y + 3)
    await page.getByText('1 photo selected').first().waitFor()
    await page.mouse.move(first.x + 3, first.y + 3)
    await page.mouse.down()
    await page.mouse.move(first.x + 40, first.y + 40)
    await page.mouse.move(second.x + 20, second.y + 40)
    await page.mouse.up()
    await page.getByText('2 photos selected').first().waitFor()
  })

  test('the search leads down to what it found, and back to the photos', async () => {
    const { page } = await visit(served())
    await page.keyboard.press('ControlOrMeta+f')
    await page.keyboard.type('córs')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
    await cell(page, 0).waitFor()
    await page.keyboard.press('ControlOrMeta+f')
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid')
    await page.keyboard.press('ControlOrMeta+a')
    await page.getByText('90 photos selected').first().waitFor()
  })

  test('a selection of several survives a look at one of them', async () => {
    const { page } = await visit(served())
    await cell(page, 1).click()
    await cell(page, 4).click({ modifiers: ['Shift'] })
    await page.getByText('4 photos selected').first().waitFor()
    await page.keyboard.press('Space')
    await page.getByText('5 of 90').waitFor()
    await page.keyboard.press('ArrowLeft')
    await page.getByText('4 of 90').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('gridcell', { selected: true }).count()).toBe(4)
    expect(await grid(page).getAttribute('aria-activedescendant')).toBe('cell-3')
  })
})
