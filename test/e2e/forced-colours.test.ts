import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { serious } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { cimaiseWith } from '../support/cli.ts'
import { drawPhotos } from '../support/pictures/photos.ts'
import { shared } from '../support/shared.ts'
import { openAlbum, selectRange, serveFolder, visit } from '../support/window.ts'

afterAll(closeBrowser)

const photos = 6
const served = shared(async () => {
  const made = await serveFolder(async (root) => {
    await drawPhotos(join(root, 'Corsica'), photos)
    return photos
  })
  await cimaiseWith('a password of many words\n', made.server.env, 'account', 'add', 'ana')
  return made
})

/** A window as systems draw it that force their few colours: no backgrounds, no shadows. */
const openForced = async (): Promise<Page> => {
  const { page } = await visit(served(), { forcedColors: 'active' })
  await openAlbum(page, 'Corsica')
  return page
}

/** What an element is told from others by. */
const look = (of: Locator) =>
  of.evaluate((element) => {
    const { outlineStyle, outlineWidth, backgroundColor, color } = getComputedStyle(element)
    return { outline: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth), backgroundColor, color }
  })

const goTo = async (page: Page, section: string) => {
  await page.getByRole('navigation', { name: 'Settings' }).getByText(section, { exact: true }).click()
}

test('with forced colours a selected photo has an outline, and the album that is open stands out with all that its row says', async () => {
  const page = await openForced()
  await selectRange(page, 0, 1)
  const [selected, other] = [page.locator('#cell-0'), page.locator('#cell-4')]
  expect((await look(selected)).outline).toBeGreaterThanOrEqual(3)
  expect((await look(other)).outline).toBe(0)
  const row = page.getByRole('treeitem', { name: 'Corsica' })
  const { backgroundColor, color } = await look(row)
  expect(backgroundColor).not.toBe(
    (await look(page.getByRole('button', { name: 'All photos' }))).backgroundColor,
  )
  const said = await row.evaluate((element) =>
    [...element.querySelectorAll('*')].map((one) => getComputedStyle(one).color),
  )
  expect(new Set(said)).toEqual(new Set([color]))
})

test('switches, buttons, the chosen right and the focus are seen', async () => {
  const page = await openForced()
  await page.keyboard.press('Control+,')
  await goTo(page, 'Looking')
  const box = page.getByRole('checkbox', { name: 'Histogram' })
  expect(await box.evaluate((element) => getComputedStyle(element).appearance)).toBe('auto')
  await page.getByRole('checkbox', { name: 'Filmstrip' }).focus()
  await page.keyboard.press('Tab')
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
  expect((await look(box)).outline).toBeGreaterThanOrEqual(3)
  await goTo(page, 'People')
  expect((await look(page.getByRole('button', { name: 'New account' }))).outline).toBe(1)
  await page.getByRole('button', { name: /^ana/ }).click()
  const rights = page.getByRole('radiogroup', { name: /Corsica/ })
  const [chosen, free] = [rights.getByText('None'), rights.getByText('Look')]
  expect((await look(chosen)).backgroundColor).not.toBe((await look(free)).backgroundColor)
  expect((await look(chosen)).color).not.toBe((await look(free)).color)
  expect(await serious(page)).toEqual([])
})
