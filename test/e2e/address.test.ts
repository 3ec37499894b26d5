import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { cell, openAlbum, openWindow, openBeside } from '../support/window.ts'

afterAll(closeBrowser)

const viewer = (page: Page) => page.getByRole('region', { name: 'Photo' })
const title = (page: Page, name: string) =>
  viewer(page).getByRole('heading', { level: 1, name, exact: true }).waitFor()
const addressOf = (page: Page) => new URL(page.url()).search

test('a grid and an open photo are addresses: a reload stays where it was scrolled, back closes it, forward opens it again, and its link leads others there', async () => {
  const { page, server } = await openWindow(300)
  await openAlbum(page, 'Corsica')
  await expect.poll(() => addressOf(page)).toMatch(/^\?album=corsica~owner~\w+$/)
  const album = addressOf(page)
  await page.getByRole('grid').evaluate((grid) => (grid.scrollTop = 4200))
  const noted = () => page.evaluate(() => JSON.stringify(window.history.state))
  await expect.poll(noted).toMatch(/"anchor":\{/)
  await page.reload()
  await cell(page, 120).dblclick()
  await viewer(page).getByText('121 of 300').waitFor()
  await expect.poll(() => addressOf(page)).toMatch(/&photo=\w{10}$/)
  const first = addressOf(page)
  await page.keyboard.press('ArrowRight')
  await viewer(page).getByText('122 of 300').waitFor()
  const name = await viewer(page).getByRole('heading', { level: 1 }).innerText()
  await expect.poll(() => addressOf(page)).not.toBe(first)
  await page.reload()
  await title(page, name)
  await page.goBack()
  await viewer(page).waitFor({ state: 'detached' })
  expect(addressOf(page)).toBe(album)
  await cell(page, 121).waitFor()
  await page.goForward()
  await title(page, name)
  const link = page.url()
  await page.keyboard.press('Escape')
  await expect.poll(() => addressOf(page)).toBe(album)
  const other = await openBeside(page, link)
  await title(other, name)
  await other.keyboard.press('Escape')
  await cell(other, 121).waitFor()
  await other.goto(`${server.origin}/${album}&photo=0123456789`)
  await other.getByText('This photo is not here').waitFor()
  await expect.poll(() => addressOf(other)).toBe(album)
})
