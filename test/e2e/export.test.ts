import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { serious } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { cell, openAlbum, openWindow, selectRange } from '../support/window.ts'

afterAll(closeBrowser)

const visible = (folder: string) => readdirSync(folder).toSorted()

test('selected photos are exported by keyboard, an album by its menu, a followed folder is refused, and a browser saves photos as one file', async () => {
  const { page, root } = await openWindow(5, { viewport: { width: 1024, height: 560 } })
  const target = join(temporaryFolder(), 'copies')
  await openAlbum(page, 'Corsica')
  await selectRange(page, 0, 1)
  await page.keyboard.press('ControlOrMeta+Shift+e')
  const dialog = page.getByRole('dialog', { name: 'Export 2 photos' })
  await dialog.getByLabel('To the folder').fill(join(root, 'Corsica', 'copies'))
  await page.keyboard.press('Enter')
  await dialog.getByText(/which the gallery follows/).waitFor()
  await dialog.getByLabel('To the folder').fill(target)
  await dialog.getByText('Pictures').click()
  await dialog.getByLabel('Longest side in pixels').fill('100')
  await dialog.getByRole('button', { name: 'Export' }).click()
  await dialog.getByText('2 photos exported, 0 there already.').waitFor()
  // What came of it is seen, however low the window is.
  const said = await dialog.getByText('2 photos exported').boundingBox()
  const buttons = await dialog.locator('footer').boundingBox()
  expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(buttons?.y ?? 0)
  expect(await serious(page)).toEqual([])
  expect(visible(target)).toEqual(['photo-3.jpg', 'photo-4.jpg'])
  expect((await sharp(join(target, 'photo-3.jpg')).metadata()).height).toBe(100)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('treeitem', { name: 'Studio' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  const ofAlbum = page.getByRole('dialog', { name: 'Export 2 photos' })
  await ofAlbum.getByLabel('To the folder').fill(target)
  await page.keyboard.press('Enter')
  await ofAlbum.getByText('2 photos exported, 0 there already.').waitFor()
  expect(visible(target)).toEqual(['photo-3.jpg', 'photo-4.jpg', 'photo-500.jpg', 'photo-501.jpg'])
  await page.keyboard.press('Escape')
  await cell(page, 0).waitFor()

  await selectRange(page, 1, 2)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await cell(page, 1).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'File and link' }).click()
      await page.getByRole('menuitem', { name: 'Download as ZIP' }).click()
      const asked = page.getByRole('dialog', { name: 'Download 2 photos' })
      expect(await serious(page)).toEqual([])
      await asked.getByRole('button', { name: 'Download', exact: true }).click()
    })(),
  ])
  expect(download.suggestedFilename()).toBe('Corsica.zip')
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())))
  expect(Object.keys(files).length).toBe(2)
  await page.getByText('All of it has been sent.').waitFor()
  await page.keyboard.press('Escape')
  // The page stays where it is.
  await cell(page, 2).waitFor()
})
