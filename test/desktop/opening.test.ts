import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { command } from '../support/cli.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { launchDesktop, openDesktop, type Desktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

/** A folder that the gallery does not know, with two photos. */
const strangeFolder = async () => {
  const folder = temporaryFolder()
  return { folder, one: await drawPhoto(folder, 'one.jpg'), two: await drawPhoto(folder, 'two.jpg') }
}

const viewed = (page: Page) => page.locator('.viewer img.preview').count()

const expectViewed = (page: Page) =>
  vi.waitFor(async () => expect(await viewed(page)).toBe(1), { timeout: 30_000 })

const albums = (page: Page) => page.getByRole('treeitem')

describe('in one app, whose folder has two albums,', () => {
  const opened = shared(async () => {
    const home = temporaryFolder()
    const parent = temporaryFolder()
    for (const album of ['Corsica', 'Studio']) mkdirSync(join(parent, album))
    const corsica = await drawPhoto(join(parent, 'Corsica'), 'corsica.jpg')
    await drawPhoto(join(parent, 'Studio'), 'studio.jpg')
    const desktop = await openDesktop({ home, folders: [parent] })
    await expectPhotos(await desktop.page(), 2)
    return { home, desktop, corsica }
  })

  const shareLinkOf = async (home: string) => {
    const env = cleanEnvironment({ CIMAISE_HOME: home })
    const share = ['share', 'create', 'Corsica', '--until', '2099-12-31', '--at', 'cimaise://app']
    return (await command(env, ...share)).out.trim()
  }

  test('a photo that the gallery has is shown, and comes into no other album', async () => {
    const { home, desktop, corsica } = opened()
    const page = await desktop.page()
    const second = launchDesktop({ home, folders: [corsica] })
    expect(await second.exit).toBe(0)
    await expectViewed(page)
    expect(await albums(page).filter({ hasText: 'Opened' }).count()).toBe(0)
  })

  test('a photo that it has not is taken in alone, into an album for such, and shown', async () => {
    const { desktop } = opened()
    const page = await desktop.page()
    const { one } = await strangeFolder()
    await page.keyboard.press('Escape')
    await expect.poll(() => viewed(page)).toBe(0)
    await desktop.wish('open file', one)
    await expectViewed(page)
    await page.keyboard.press('Escape')
    await expectPhotos(page, 1)
    await albums(page).filter({ hasText: 'Opened' }).waitFor()
    expect(desktop.told('message box')).toEqual([])
  })

  test('what is no photo is refused in words, and the window stays', async () => {
    const { desktop } = opened()
    await desktop.wish('open file', new URL(import.meta.url).pathname)
    await expect.poll(() => desktop.told('message box')).toHaveLength(1)
    expect(desktop.told('message box')[0]?.['message']).toBe('The photo was not opened.')
  })

  test('the task at the icon of the program, and what the desktop entry has for it, ask for folders', async () => {
    const { home, desktop } = opened()
    const before = desktop.told('open dialog').length
    const second = launchDesktop({ home, folders: ['--add-folder'] })
    expect(await second.exit).toBe(0)
    await expect.poll(() => desktop.told('open dialog')).toHaveLength(before + 1)
  })

  test('a share link that comes from outside is followed only when the user says so, and addresses of other kinds are not at all', async () => {
    const { home, desktop, corsica } = opened()
    const link = await shareLinkOf(home)
    await desktop.wish('press button next', 1)
    await desktop.wish('open address', 'cimaise://app/?share=Abcd1234')
    await desktop.wish('open address', link)
    await expect.poll(() => desktop.told('message box')).toHaveLength(2)
    expect(desktop.told('message box')[1]).toMatchObject({ buttons: ['Open Album', 'Cancel'] })
    // One thing is opened after the other: when this is seen, the link has been done with.
    await desktop.wish('open file', corsica)
    const page = await desktop.page()
    await expectViewed(page)
    await expect.poll(() => albums(page).filter({ hasText: 'Studio' }).count()).toBe(1)
    await desktop.wish('open address', link)
    await seesCorsicaAlone(desktop)
  })

  const seesCorsicaAlone = async (desktop: Desktop) => {
    const page = await desktop.page()
    await vi.waitFor(
      async () => {
        expect(await page.getByRole('heading', { level: 1, name: 'Corsica' }).count()).toBe(1)
        expect(await albums(page).count()).toBe(0)
        expect(await page.getByRole('gridcell').count()).toBe(1)
        expect(await page.evaluate(() => location.search)).toBe('')
      },
      { timeout: 60_000 },
    )
  }

  // The last: the others need the app.
  test('who has followed a link is the owner again at the next start', async () => {
    const { home, desktop } = opened()
    expect(desktop.output).not.toContain('Error')
    await desktop.quit()
    const again = await openDesktop({ home })
    await albums(await again.page())
      .filter({ hasText: 'Studio' })
      .waitFor()
  })
})

test('on macOS a folder is taken in that the program is started for, and the icon in the Dock asks for more', async () => {
  const { folder } = await strangeFolder()
  const env = { STAND_IN_PLATFORM: 'darwin', STAND_IN_OPENED: folder }
  const desktop = await openDesktop({ home: temporaryFolder(), env })
  await expectPhotos(await desktop.page(), 2)
  await desktop.wish('choose folders next', [(await strangeFolder()).folder])
  await desktop.wish('click in the Dock', 'Add Folder…')
  await expectPhotos(await desktop.page(), 4)
})
