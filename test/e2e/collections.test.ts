import { afterAll, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { shared } from '../support/shared.ts'
import {
  cell,
  dragTo,
  openAlbum,
  selectRange,
  serveWindow,
  sidebar,
  visit,
  openBeside,
} from '../support/window.ts'

afterAll(closeBrowser)

const served = shared(() => serveWindow())

test('photos are dragged onto a collection and stay in their album; another window follows, undo takes it back', async () => {
  const { page, server } = await visit(served())
  const other = await openBeside(page, server.origin)
  await other.getByText('14 photos').first().waitFor()
  await page.bringToFront()
  await page.getByRole('button', { name: 'New collection…' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Portfolio')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing to see here yet').waitFor()
  await openAlbum(page, 'Corsica')
  await selectRange(page, 2, 4)
  const portfolio = page.getByRole('treeitem', { name: 'Portfolio' })
  await dragTo(page, 3, portfolio)
  await expect.poll(() => portfolio.getAttribute('class')).toContain('target')
  await page.mouse.up()
  await page.getByText('Added 3 photos to “Portfolio”').first().waitFor()
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2', 'Portfolio 3'])
  await expect.poll(() => sidebar(other)).toEqual(['Corsica 12', 'Studio 2', 'Portfolio 3'])
  await portfolio.click()
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor()
  const first = await cell(page, 0).textContent()
  await cell(page, 0).click()
  await page.keyboard.press('Shift+K')
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2', 'Portfolio 2'])
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2', 'Portfolio 3'])
  await expect.poll(() => cell(page, 0).textContent()).toBe(first)
  await dragTo(page, 0, cell(page, 2))
  await page.mouse.up()
  await expect.poll(() => cell(page, 0).textContent()).not.toBe(first)
  await expect.poll(() => sidebar(other)).toEqual(['Corsica 12', 'Studio 2', 'Portfolio 3'])
})
