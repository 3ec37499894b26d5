import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/temporary.ts'
import { cell, openAlbum } from '../support/window.ts'
import { openDesktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

test('other programs get the files of photos: dragged out with Alt or by the button of their path, opened, and their paths copied', async () => {
  const [home, parent] = [temporaryFolder(), temporaryFolder()]
  mkdirSync(join(parent, 'Corsica'))
  const files = [
    await drawPhoto(join(parent, 'Corsica'), 'one.jpg'),
    await drawPhoto(join(parent, 'Corsica'), 'two.jpg'),
  ]
  const desktop = await openDesktop({ home, folders: [parent] })
  const page = await desktop.page()
  await expectPhotos(page, 2)
  await openAlbum(page, 'Corsica')
  await cell(page, 0).click()
  await page.keyboard.press('ControlOrMeta+a')
  const dragged = () => desktop.told('dragged out').map((report) => report['files'])
  await cell(page, 0).locator('.picture').dispatchEvent('dragstart', { altKey: true })
  await expect.poll(() => dragged().map((paths) => [...(paths as string[])].sort())).toEqual([files])

  await page.keyboard.press('ControlOrMeta+Alt+c')
  const copied = () => desktop.told('copied').map(({ text }) => String(text).split('\n').sort())
  await expect.poll(copied).toEqual([files])
  await page.getByText('2 paths are copied.').waitFor()

  await cell(page, 0).click()
  await page.keyboard.press('i')
  const path = page.getByRole('complementary', { name: 'Info' }).getByRole('button', { name: 'Copy path' })
  await path.dispatchEvent('dragstart')
  await expect.poll(() => dragged().at(-1)).toHaveLength(1)
  await path.click()
  await expect.poll(() => copied().at(-1)).toEqual(dragged().at(-1))
  await page.getByRole('button', { name: 'Open in another program' }).click()
  await expect
    .poll(() => desktop.told('opened by the system').map((report) => report['path']))
    .toEqual(copied().at(-1))
})
