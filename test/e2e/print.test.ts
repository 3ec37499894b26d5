import { afterAll, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { cell, openAlbum, openWindow } from '../support/window.ts'

afterAll(closeBrowser)

test('photos are printed as a contact sheet: alone on the paper, with their names, and what is selected alone where something is', async () => {
  const { page } = await openWindow(7)
  await openAlbum(page, 'Corsica')
  const shown = Number(await page.getByRole('grid').getAttribute('aria-colcount'))
  expect(shown).toBeGreaterThan(0)
  // The system's own dialog cannot be answered here: what it would be given is looked at instead.
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '')
  })
  await page.keyboard.press('ControlOrMeta+p')
  const dialog = page.getByRole('dialog', { name: /^Contact sheet of \d photos/ })
  expect(await dialog.getByLabel('Heading').inputValue()).toBe('Corsica')
  await dialog.getByLabel('Heading').fill('For the wall')
  await dialog.getByText('3', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Print…' }).click()
  await page.locator('html[data-printed]').waitFor()

  await page.emulateMedia({ media: 'print' })
  const sheet = page.locator('.contact-sheet')
  expect(await sheet.isVisible()).toBe(true)
  expect(await dialog.isVisible()).toBe(false)
  expect(await page.getByRole('grid').isVisible()).toBe(false)
  expect(await sheet.locator('h1').innerText()).toBe('For the wall')
  const pictures = await sheet
    .locator('img')
    .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth > 0))
  const count = pictures.length
  expect(count).toBeGreaterThan(1)
  expect(pictures).not.toContain(false)
  const tops = await sheet
    .locator('figure')
    .evaluateAll((figures) => figures.map((figure) => figure.getBoundingClientRect().top))
  expect(tops.filter((top) => top === tops[0])).toHaveLength(Math.min(3, count))

  // As the browser tells it once the system's dialog has gone.
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await dialog.waitFor({ state: 'detached' })
  expect(await sheet.count()).toBe(0)

  await cell(page, 0).click()
  await page.keyboard.press('ControlOrMeta+p')
  await page
    .getByRole('dialog', { name: 'Contact sheet of 1 photo' })
    .getByRole('button', { name: 'Cancel' })
    .click()
  expect(await page.getByRole('dialog').count()).toBe(0)
})
