import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { serious } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { drawPhotos } from '../support/pictures/photos.ts'
import { cell, serveFolder, visit } from '../support/window.ts'

afterAll(closeBrowser)

/** Photos whose files are called by letters that few keyboards have. */
const named = async (root: string) => {
  await drawPhotos(join(root, 'drawn'), 3)
  mkdirSync(join(root, '2019', 'Pologne'), { recursive: true })
  const names = ['Łódź.jpg', 'Hammershøi.jpg', 'Straße.jpg']
  readdirSync(join(root, 'drawn')).forEach((file, n) =>
    copyFileSync(join(root, 'drawn', file), join(root, '2019', 'Pologne', names[n] ?? file)),
  )
  await drawPhotos(join(root, '2019', 'Pologne', 'Cracovie'), 2, 700)
  return 5 + 3
}

test('one search finds by keys alone, corrects what is found nowhere, and its conditions are taken away one by one', async () => {
  const { page } = await visit(await serveFolder(named))
  await page.keyboard.press('/')
  const box = page.getByRole('combobox', { name: 'Search photos' })
  await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true)
  await box.fill('lodz')
  await page.keyboard.press('Enter')
  await page.getByText('1 of 8 photos').waitFor()
  await page.getByRole('button', { name: 'Filter (on)' }).waitFor()

  await page.keyboard.press('Control+f')
  await box.fill('xylophone')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'No photo matches' }).waitFor()
  const clear = page.getByRole('main').getByRole('button', { name: 'Clear filter' }).last()
  await expect.poll(() => clear.evaluate((element) => element === document.activeElement)).toBe(true)

  await page.keyboard.press('Control+f')
  await box.fill('hamershoi')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing has “hamershoi”. Showing “hammershoi”.').waitFor()
  await page.getByText('1 of 8 photos').waitFor()
  expect(await serious(page)).toEqual([])
  await page.getByRole('button', { name: 'Look for “hamershoi” all the same' }).click()
  await page.getByRole('heading', { name: 'No photo matches' }).waitFor()

  await page.keyboard.press('Control+f')
  await box.fill('pologne strasse')
  await page.keyboard.press('Enter')
  await page.getByText('1 of 8 photos').waitFor()
  await page.getByRole('button', { name: 'Without strasse' }).click()
  await page.getByText('5 of 8 photos').waitFor()

  await page.keyboard.press('Control+f')
  await box.fill('craco')
  await page.getByRole('group', { name: 'Albums' }).waitFor()
  expect(await serious(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Cracovie' }).waitFor()
  await cell(page, 1).waitFor()
})
