import { afterAll, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { shared } from '../support/shared.ts'
import {
  cell,
  dragTo,
  openAlbum,
  openBeside,
  selectRange,
  serveWindow,
  sidebar,
  visit,
} from '../support/window.ts'

afterAll(closeBrowser)

const served = shared(() => serveWindow())

test('a search is kept as a smart album, which other windows show, and into which photos come and go as they match', async () => {
  const { page, server } = await visit(served())
  await openAlbum(page, 'Corsica')
  await selectRange(page, 1, 3)
  await page.keyboard.press('4')
  await page.getByText('Rated 3 photos ★★★★').first().waitFor()
  await page.goto(`${server.origin}/?rating=3`)
  await page.getByText('3 of 14 photos').waitFor()
  await page.keyboard.press('Control+S')
  await page.getByLabel('Name', { exact: true }).fill('Best')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Best' }).waitFor()
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2', 'Best 3'])

  const other = await openBeside(page, page.url())
  await expect.poll(() => sidebar(other)).toEqual(['Corsica 12', 'Studio 2', 'Best 3'])
  await cell(other, 0).click()
  await other.keyboard.press('1')
  await other.getByText('2 photos', { exact: true }).first().waitFor()
  await page.getByText('2 photos', { exact: true }).first().waitFor()
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2', 'Best 2'])
  await page.bringToFront()
  await page.getByRole('button', { name: 'Without ★★★+' }).click()
  await page.getByText('14 photos', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Save changes' }).waitFor()
  await page.goBack()
  await page.getByText('2 photos', { exact: true }).first().waitFor()
})

test('photos that are dropped on a smart album stay where they are, and it says why', async () => {
  const { page } = await visit(served())
  await openAlbum(page, 'Corsica')
  const best = page.getByRole('treeitem', { name: 'Best' })
  await dragTo(page, 0, best)
  await page.getByText('“Best” finds its photos by itself.').first().waitFor()
  await page.mouse.up()
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2', 'Best 2'])
})
