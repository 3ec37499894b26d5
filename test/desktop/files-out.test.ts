import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Locator } from 'playwright-core'
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

test('dragged with Alt and Shift, other programs get smaller copies; what comes back into the window is no new file, and the copies go with the program', async () => {
  const [home, parent] = [temporaryFolder(), temporaryFolder()]
  for (const album of ['Corsica', 'Elba']) mkdirSync(join(parent, album))
  await drawPhoto(join(parent, 'Corsica'), 'one.jpg')
  await drawPhoto(join(parent, 'Elba'), 'two.jpg')
  const left = join(home, 'dragged', 'of-a-crash')
  mkdirSync(left, { recursive: true })
  const desktop = await openDesktop({ home, folders: [parent] })
  const page = await desktop.page()
  await expectPhotos(page, 2)
  await expect.poll(() => existsSync(left)).toBe(false)
  await openAlbum(page, 'Corsica')
  const dragged = () => desktop.told('dragged out').map((report) => (report['files'] as string[])[0] ?? '')
  const picture = () => cell(page, 0).locator('.picture')
  await picture().hover()
  await page.mouse.down()
  await picture().dispatchEvent('dragstart', { altKey: true, shiftKey: true })
  await expect.poll(dragged).toHaveLength(1)
  const [copy = ''] = dragged()
  expect([dirname(dirname(copy)), basename(copy)]).toEqual([join(home, 'dragged'), 'one.jpg'])
  expect(existsSync(copy)).toBe(true)

  const drop = async (target: Locator) => {
    const files = await page.evaluateHandle(() => {
      const data = new DataTransfer()
      data.items.add(new File(['a'], 'one.jpg'))
      return data
    })
    for (const kind of ['dragover', 'drop']) await target.dispatchEvent(kind, { dataTransfer: files })
  }
  await drop(page.getByRole('treeitem', { name: 'Elba' }))
  await page.mouse.up()
  await openAlbum(page, 'Elba')
  await expectPhotos(page, 2)

  await cell(page, 0).click()
  await cell(page, 0).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'File and link' }).click()
  await page.getByRole('menuitem', { name: 'Copies to drag out…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Copies of 1 photo to drag out' })
  await dialog.getByText('1,280').click()
  await dialog.getByRole('button', { name: 'Make copies' }).click()
  await dialog.getByRole('img', { name: /^Drag 1 photo from here/ }).dispatchEvent('dragstart')
  await expect.poll(dragged).toHaveLength(2)
  expect(existsSync(dragged()[1] ?? '')).toBe(true)
  await desktop.quit()
  expect(existsSync(join(home, 'dragged'))).toBe(false)
})
