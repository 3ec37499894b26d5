import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { seriousInAllLooks } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { drawPhoto } from '../support/pictures/photos.ts'
import { cell, serveFolder, titleAt, visit } from '../support/window.ts'

afterAll(closeBrowser)

/** Two photos in Corsica, one in Japan, and one that nothing places. */
const draw = async (root: string) => {
  const places: Record<string, [number, number]> = { Calvi: [42, 9], Bastia: [42, 9], Tokyo: [35, 139] }
  for (const [n, [name, place]] of Object.entries(places).entries())
    await drawPhoto(join(root, `Travels/${name}.jpg`), {
      hue: n * 80,
      place,
      taken: `2024:05:0${n + 1} 10:00:00`,
    })
  await drawPhoto(join(root, 'Travels/Scan.jpg'), { hue: 300 })
  return 4
}

test('photos stand on the map where they were taken; one is opened there, others lead to a grid, and Back comes back to the map', async () => {
  const { page } = await visit(await serveFolder(draw))
  await cell(page, 0).waitFor()
  await page.keyboard.press('w')
  await page.getByRole('button', { name: 'Tokyo.jpg' }).waitFor()
  expect(new URL(page.url()).search).toBe('?map')
  const corsica = page.getByRole('button', { name: '2 photos', exact: true })
  await corsica.waitFor()
  await page.locator('canvas[data-drawn]').waitFor()
  expect(await seriousInAllLooks(page)).toEqual([])
  await page.getByRole('button', { name: 'Tokyo.jpg' }).click()
  await expect.poll(() => new URL(page.url()).searchParams.has('photo')).toBe(true)
  await page.locator('img[src^="/original/"]').waitFor()
  await page.keyboard.press('i')
  await page.getByRole('button', { name: 'Show on the map' }).click()
  await page.getByRole('button', { name: 'Tokyo.jpg' }).waitFor()
  await page.keyboard.press('0')
  await corsica.click()
  await expect.poll(() => titleAt(page, 0)).toBe('Bastia.jpg')
  await expect.poll(() => page.getByRole('gridcell').count()).toBe(2)
  await page.goBack()
  await page.getByRole('button', { name: 'No place: 1 photo' }).click()
  await expect.poll(() => titleAt(page, 0)).toBe('Scan.jpg')
  expect(await page.getByRole('gridcell').count()).toBe(1)
  // The same by the address, as a reload has it.
  await page.goto(`${new URL(page.url()).origin}/?map`)
  await page.getByRole('button', { name: 'Tokyo.jpg' }).waitFor()
})
