import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { dragTo, openAlbum, cell, sidebar, titleAt } from '../support/window.ts'
import { openDesktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

/** The desktop app on two folders of photos. */
const openTwoAlbums = async () => {
  const [home, parent] = [temporaryFolder(), temporaryFolder()]
  for (const album of ['Corsica', 'Studio']) mkdirSync(join(parent, album))
  for (const name of ['one.jpg', 'two.jpg', 'three.jpg']) await drawPhoto(join(parent, 'Corsica'), name)
  await drawPhoto(join(parent, 'Studio'), 'four.jpg')
  const desktop = await openDesktop({ home, folders: [parent] })
  const page = await desktop.page()
  await expectPhotos(page, 4)
  return { desktop, page, parent }
}

const editMenu = async (desktop: Awaited<ReturnType<typeof openDesktop>>) =>
  (await desktop.wish<{ label: string; items: string[] }[]>('menu')).find(({ label }) => label === 'Edit')
    ?.items ?? []

/** Drops a file of the system on an album of the sidebar. */
const dropFile = (page: Page, path: string, album: string) =>
  page.getByRole('treeitem', { name: album }).evaluate((row, file) => {
    Object.assign(window, { pathsOfFiles: { dropped: file } })
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([], 'dropped'))
    for (const kind of ['dragenter', 'dragover', 'drop'])
      row.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))
  }, path)

describe('on two albums,', () => {
  const opened = shared(openTwoAlbums)

  test('a photo is dragged onto an album in the desktop app, and the menu names what it undoes', async () => {
    const { desktop, page } = opened()
    await openAlbum(page, 'Corsica')
    await cell(page, 0).click()
    await dragTo(page, 0, page.getByRole('treeitem', { name: 'Studio' }))
    await page.mouse.up()
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 2', 'Studio 2'])
    await expect.poll(() => editMenu(desktop)).toContain('Undo: Moved 1 photo to “Studio”')
    await desktop.wish('click', ['Edit', 'Undo: Moved 1 photo to “Studio”'])
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 3', 'Studio 1'])
    await expect.poll(() => editMenu(desktop)).toContain('Redo: Moved 1 photo to “Studio”')
    await desktop.wish('click', ['Edit', 'Redo: Moved 1 photo to “Studio”'])
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 2', 'Studio 2'])
    await desktop.wish('click', ['Edit', 'Undo: Moved 1 photo to “Studio”'])
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 3', 'Studio 1'])
  })

  test('originals go to the system’s trash only after a clear question, and their photos stay as missing', async () => {
    const { desktop, page, parent } = opened()
    await openAlbum(page, 'Studio')
    await cell(page, 0).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Move originals to the system trash…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Move the originals of 1 photo to the system trash?' })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(existsSync(join(parent, 'Studio/four.jpg'))).toBe(true)
    await cell(page, 0).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Move originals to the system trash…' }).click()
    await dialog.getByRole('button', { name: 'Move the files' }).click()
    await expect
      .poll(() => desktop.told('moved to trash').map(({ path }) => path))
      .toEqual([join(parent, 'Studio/four.jpg')])
    expect(existsSync(join(parent, 'Studio/four.jpg'))).toBe(false)
    await cell(page, 0).getByText('Original missing').waitFor()
  })

  // The last: it leaves photos elsewhere.
  test('a file dropped on an album is in it: a new one is taken in, one of the gallery moves, out of the trash too', async () => {
    const { page, parent } = opened()
    const elsewhere = temporaryFolder()
    await drawPhoto(elsewhere, 'five.jpg')
    await dropFile(page, join(elsewhere, 'five.jpg'), 'Studio')
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 3', 'Studio 2'])
    await dropFile(page, join(parent, 'Corsica/one.jpg'), 'Studio')
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 2', 'Studio 3'])
    await openAlbum(page, 'Corsica')
    const title = await titleAt(page, 0)
    await cell(page, 0).click()
    await page.keyboard.press('Delete')
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 1', 'Studio 3'])
    await dropFile(page, join(parent, 'Corsica', title), 'Studio')
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 1', 'Studio 4'])
    await page.getByRole('button', { name: 'Folders…' }).click()
    await page.getByText('1 single file').waitFor()
  })
})
