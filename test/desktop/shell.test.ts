import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { launchDesktop, openDesktop } from './launch.ts'
import { drawPhoto, expectPhotos, shownPhotos } from './photos.ts'

const folderWithPhoto = async () => {
  const folder = temporaryFolder()
  await drawPhoto(folder, 'photo.jpg')
  return folder
}

describe('in one app,', () => {
  const opened = shared(async () => {
    const home = temporaryFolder()
    return { home, desktop: await openDesktop({ home }) }
  })

  test('nothing happens when the folder dialog is dismissed', async () => {
    const { desktop } = opened()
    await desktop.wish('click', ['File', 'Add Folder…'])
    await expect.poll(() => desktop.told('open dialog')).toHaveLength(1)
    expect(desktop.told('message box')).toHaveLength(0)
  })

  test('the menu has the usual entries and the commands of the page, and another data folder is another app, in the language of its system', async () => {
    type MenuTitle = { label: string; items: string[] }
    const { desktop: english } = opened()
    const titlesOf = async (desktop: typeof english) =>
      (await desktop.wish<MenuTitle[]>('menu')).map(({ label }) => label)
    // The page tells of its commands once it is there.
    await expect.poll(() => titlesOf(english)).toEqual(['File', 'Edit', 'Photo', 'View', 'Window', 'Help'])
    const [file] = await english.wish<MenuTitle[]>('menu')
    expect(file?.items).toEqual(['Add Folder…', 'Join a gallery…', 'Print contact sheet…', 'Quit Cimaise'])
    const french = await openDesktop({ home: temporaryFolder(), env: { STAND_IN_LOCALE: 'fr-FR' } })
    await expect
      .poll(() => titlesOf(french))
      .toEqual(['Fichier', 'Édition', 'Photo', 'Affichage', 'Fenêtre', 'Aide'])
  })

  test('a second start hands its folders to the first and brings its window to the front', async () => {
    const { home, desktop: first } = opened()
    const page = await first.page()
    const before = await shownPhotos(page)
    const second = launchDesktop({ home, folders: [await folderWithPhoto()] })
    expect(await second.exit).toBe(0)
    expect(second.output).toContain('Cimaise is open already')
    await expectPhotos(page, before + 1)
    expect(first.told('window focused')).toHaveLength(1)
  })

  test('File > Add Folder… takes in what the dialog answers', async () => {
    const { desktop } = opened()
    const page = await desktop.page()
    const before = await shownPhotos(page)
    await desktop.wish('choose folders next', [await folderWithPhoto(), await folderWithPhoto()])
    await desktop.wish('click', ['File', 'Add Folder…'])
    await expectPhotos(page, before + 2)
    const dialog = desktop.told('open dialog').at(-1)
    expect(dialog?.['properties']).toEqual(['openDirectory', 'multiSelections', 'createDirectory'])
  })

  // The last: the others need the app.
  test('closing the window ends the app', async () => {
    const { desktop } = opened()
    await desktop.wish('close window')
    expect(await desktop.exit).toBe(0)
  })
})

test('a folder that cannot be added is said in plain words, and the window stays', async () => {
  const missing = join(temporaryFolder(), 'not there')
  const desktop = await openDesktop({ home: temporaryFolder(), folders: [missing] })
  await expect.poll(() => desktop.told('message box')).toHaveLength(1)
  const [box] = desktop.told('message box')
  expect(box?.['message']).toBe('The folder was not added.')
  expect(box?.['detail']).toContain('not there')
  expect(desktop.output).not.toContain('Error')
})

test('the window comes back where it was left', async () => {
  const home = temporaryFolder()
  const bounds = { x: 120, y: 80, width: 1100, height: 750 }
  const first = await openDesktop({ home })
  await first.wish('arrange window', { ...bounds, maximized: true })
  await first.quit()
  const second = await openDesktop({ home })
  expect(await second.wish('windows')).toMatchObject([{ bounds, maximized: true }])
  await second.wish('arrange window', { x: 9000, maximized: false })
  await second.quit()
  const third = await openDesktop({ home })
  expect(await third.wish('windows')).toMatchObject([{ bounds: { x: 0, width: 1280 }, maximized: false }])
})

test('a page that crashes is loaded again, and the second time the user is asked', async () => {
  const desktop = await openDesktop({ home: temporaryFolder(), folders: [await folderWithPhoto()] })
  for (const boxes of [0, 1]) {
    await expectPhotos(await desktop.page(), 1)
    const page = await desktop.page()
    const session = await page.context().newCDPSession(page)
    void session.send('Page.crash').catch(() => undefined) // who would answer?
    await expect.poll(() => page.isClosed()).toBe(true)
    await expectPhotos(await desktop.page(), 1)
    expect(desktop.told('message box')).toHaveLength(boxes)
  }
  expect(desktop.output).toContain('process has gone: crashed')
})

test('the language and the theme that are chosen are those of the system’s own parts too, and after a restart', async () => {
  const home = temporaryFolder()
  const first = await openDesktop({ home })
  const page = await first.page()
  const menus = async (desktop: typeof first) =>
    (await desktop.wish<{ label: string }[]>('menu')).map(({ label }) => label)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark')
  await expect.poll(() => first.told('theme').at(-1)).toMatchObject({ theme: 'dark' })
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Français')
  await page.getByRole('button', { name: 'Réglages' }).waitFor()
  await expect.poll(() => menus(first)).toContain('Fichier')
  await first.quit()
  const second = await openDesktop({ home })
  await second.page()
  expect(await menus(second)).toContain('Fichier')
  expect(second.told('theme')).toMatchObject([{ theme: 'dark' }])
})

test('a second window shows the picture alone, on the other display; it is leafed in, left somewhere and found there again, and closes with the first', async () => {
  const folder = temporaryFolder()
  for (const name of ['one.jpg', 'two.jpg']) await drawPhoto(folder, name)
  const desktop = await openDesktop({ home: temporaryFolder(), folders: [folder] })
  const right = { x: 1920, y: 0, width: 1600, height: 1000 }
  await desktop.wish('plug in a display', right)
  const page = await desktop.page()
  await expectPhotos(page, 2)
  const pictures = () =>
    page
      .context()
      .pages()
      .filter((one) => one.url().includes('picture='))
  const opened = async (): Promise<Page> => {
    await page.keyboard.press('Shift+W')
    await expect.poll(() => pictures().length).toBe(1)
    return pictures()[0] ?? page
  }
  const titles = async (one: Page) => (await one.title()).replace(' · Cimaise', '')
  await page.locator('#cell-0').click()
  const second = await opened()
  await expect.poll(() => titles(second)).toMatch(/^(one|two)\.jpg$/)
  const before = await titles(second)
  expect(await desktop.wish('windows')).toMatchObject([
    { bounds: { x: 0 } },
    { bounds: right, maximized: true },
  ])
  expect(await second.getByRole('button').count()).toBe(0)

  await page.keyboard.press('Enter')
  await page.getByText('1 of 2').waitFor()
  await second.keyboard.press('ArrowRight')
  await page.getByText('2 of 2').waitFor()
  await expect.poll(() => titles(second)).not.toBe(before)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => titles(second)).toBe(before)

  const bounds = { x: 100, y: 60, width: 700, height: 500 }
  await desktop.wish('arrange second window', { ...bounds, maximized: false })
  await desktop.wish('close second window')
  await expect.poll(() => pictures().length).toBe(0)
  await opened()
  expect(await desktop.wish('windows')).toMatchObject([{}, { bounds, maximized: false }])
  await desktop.wish('close window')
  expect(await desktop.exit).toBe(0)
})
