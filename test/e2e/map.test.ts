import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, onTestFinished, test } from 'vitest'
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
  await page.getByRole('button', { name: /^Tokyo.jpg/ }).waitFor()
  expect(new URL(page.url()).search).toBe('?map')
  const corsica = page.getByRole('button', { name: /^2 photos/ })
  await corsica.waitFor()
  await page.locator('canvas[data-drawn]').waitFor()
  expect(await seriousInAllLooks(page)).toEqual([])
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog').getByRole('combobox').fill('Tour')
  await page.getByRole('option', { name: 'Tour' }).click()
  const tour = page.getByRole('complementary', { name: 'Tour' })
  await tour.waitFor()
  // Its edge, where the map's own buttons are behind it.
  const isTourOnTop = tour.evaluate((card) => {
    const { right, bottom } = card.getBoundingClientRect()
    return card.contains(document.elementFromPoint(right - 8, bottom - 24))
  })
  expect(await isTourOnTop).toBe(true)
  await tour.getByRole('button', { name: 'Leave the tour' }).click()
  await page.getByRole('button', { name: /^Tokyo.jpg/ }).click()
  await expect.poll(() => new URL(page.url()).searchParams.has('photo')).toBe(true)
  await page.locator('img[src^="original/"]').waitFor()
  await page.keyboard.press('i')
  await page.getByRole('button', { name: 'Show on the map' }).click()
  await page.getByRole('button', { name: /^Tokyo.jpg/ }).waitFor()
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
  await page.getByRole('button', { name: /^Tokyo.jpg/ }).waitFor()
})

/** A tile server of this network: it answers tiles of an even column, and says what it was asked for and by whom. */
const serveTiles = async () => {
  const create = { width: 256, height: 256, channels: 3 as const, background: '#3a7' }
  const tile = await sharp({ create }).png().toBuffer()
  const asked: { url: string; referrer: string | undefined }[] = []
  const server = createServer(({ url = '', headers }, response) => {
    asked.push({ url, referrer: headers.referer })
    const isThere = Number(url.split('/')[2]) % 2 === 0
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'image/png' }).end(isThere ? tile : undefined)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('an administrator chooses a tile server: its pictures stand under the photos, those that do not come leave the shapes, and no other origin is opened', async () => {
  const { asked, origin } = await serveTiles()
  const { page } = await visit(await serveFolder(draw))
  await cell(page, 0).waitFor()
  const policy = async () =>
    (await page.request.get(new URL(page.url()).origin)).headers()['content-security-policy']
  expect(await policy()).not.toContain('127.0.0.1')
  await page.keyboard.press('Control+,')
  await page.locator('section.pane').getByRole('button', { name: 'Map', exact: true }).click()
  const field = page.getByLabel('Address of the tiles')
  await field.fill('http://tiles.example.org/{z}/{x}/{y}.png')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Use https://').waitFor()
  await field.fill(`${origin}/{z}/{x}/{y}.png`)
  await page.getByLabel('Who made the map').fill('© Test <b>mappers</b>')
  const again = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Save' }).click()
  await again
  expect(await policy()).toContain(`img-src 'self' data: blob: ${origin};`)
  expect(asked).toEqual([])
  await page.goto(`${new URL(page.url()).origin}/?map`)
  await page.getByRole('button', { name: /^Tokyo.jpg/ }).waitFor()
  await page.getByText('© Test <b>mappers</b>').waitFor()
  const shown = page.locator(`img[src^="${origin}"]:not([hidden])`)
  await expect.poll(() => shown.count()).toBeGreaterThan(0)
  const columns = await shown.evaluateAll((all) =>
    all.map((one) => Number(one.getAttribute('src')?.split('/')[4])),
  )
  expect(columns.every((column) => column % 2 === 0)).toBe(true)
  await expect.poll(() => asked.some(({ url }) => Number(url.split('/')[2]) % 2 === 1)).toBe(true)
  expect(new Set(asked.map(({ referrer }) => referrer))).toEqual(new Set([undefined]))
})
