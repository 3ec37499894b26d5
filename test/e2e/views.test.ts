import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { looks, serious, seriousInAllLooks, show } from '../support/axe.ts'
import { command } from '../support/cli.ts'
import { closeBrowser, openPage } from '../support/browser.ts'
import { shared } from '../support/shared.ts'
import {
  openAlbum,
  openWindow,
  cell,
  selectRange,
  serveWindow,
  sidebar,
  visit,
  openBeside,
} from '../support/window.ts'

afterAll(closeBrowser)

/** Tags a few photos of the album that is shown. */
const tag = async (page: Page, first: number, last: number, tags: string) => {
  await selectRange(page, first, last)
  await page.keyboard.press('t')
  await page.getByRole('combobox', { name: 'Add tags' }).fill(tags)
  // One to take what was typed, one to be done.
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page
    .getByText(`Tagged ${last - first + 1} photos`)
    .first()
    .waitFor()
}

const count = (page: Page, n: number) =>
  page
    .locator('header')
    .getByText(n === 1 ? '1 photo' : `${n} photos`, { exact: true })
    .waitFor()

describe('in one gallery,', () => {
  const served = shared(() => serveWindow())

  test('photos are compared side by side with at most one original in the document', async () => {
    const { page } = await visit(served())
    await openAlbum(page, 'Corsica')
    await selectRange(page, 1, 3)
    await page.keyboard.press('c')
    const panel = page.getByRole('region', { name: 'Compare' })
    const originals = () => page.locator('img[src^="original/"]').count()
    await expect.poll(() => panel.locator('figure').count()).toBe(3)
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) {
      await page.keyboard.press(key)
      expect(await originals()).toBeLessThanOrEqual(1)
    }
    await expect.poll(originals).toBe(1)
    await page.keyboard.press('p')
    await panel.getByText('Picked').waitFor()
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('gridcell', { selected: true }).count()).toBe(3)
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid')
  })

  test('the weakest are taken out of a comparison one by one, and the last one is opened', async () => {
    const { page } = await visit(served())
    await openAlbum(page, 'Corsica')
    await selectRange(page, 0, 4)
    await page.keyboard.press('c')
    const panel = page.getByRole('region', { name: 'Compare' })
    await expect.poll(() => panel.locator('figure').count()).toBe(5)
    for (const left of [4, 3, 2]) {
      await page.keyboard.press('Delete')
      await expect.poll(() => panel.locator('figure').count()).toBe(left)
    }
    const last = await panel.locator('figure .title').last().innerText()
    await page.keyboard.press('Delete')
    const viewer = page.getByRole('region', { name: 'Photo' })
    await viewer.getByRole('heading', { name: last }).waitFor()
    await viewer.getByText(/ of 12$/).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('gridcell', { selected: true }).count()).toBe(1)
  })

  test('filters narrow together, stand in the address, and the browser goes back and forward through them', async () => {
    const { page, server } = await visit(served())
    await openAlbum(page, 'Corsica')
    await tag(page, 0, 4, 'Sea')
    await tag(page, 3, 6, 'Sun')
    await page.getByRole('button', { name: 'All photos' }).click()
    await page.getByRole('treeitem', { name: 'Sea' }).click()
    await count(page, 5)
    await page.getByRole('treeitem', { name: 'Sun' }).click({ modifiers: ['ControlOrMeta'] })
    await count(page, 2)
    expect(new URL(page.url()).search).toBe('?all=Sea&all=Sun')
    await cell(page, 0).click()
    await page.keyboard.press('5')
    await page.getByRole('button', { name: 'Filter (on)' }).click()
    await page.getByRole('button', { name: 'At least 4 of 5 stars' }).click()
    await count(page, 1)
    await page.getByRole('searchbox', { name: 'Words' }).fill('no such word')
    await page.getByRole('heading', { name: 'No photo matches' }).waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Clear filter' }).first().click()
    await count(page, 14)
    await page.goBack()
    await page.goBack()
    await count(page, 2)
    await page.goForward()
    const other = await openBeside(page, `${server.origin}/?all=sea&none=Sun`)
    await count(other, 3)
  })

  test('axe finds nothing serious in dialogs, menus, the filter and the trash, dark and light', async () => {
    const { page } = await visit(served(), looks[0])
    await openAlbum(page, 'Corsica')
    await selectRange(page, 0, 3)
    for (const key of ['t', 'm', 'd', '?']) {
      // Where it was before the last dialog, once that has gone.
      await page.locator('[role=grid]:focus').waitFor()
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      expect(await seriousInAllLooks(page), key).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.keyboard.press('i')
    await page.getByRole('textbox', { name: 'Title' }).waitFor()
    await page.keyboard.press('Control+Shift+f')
    await page.getByRole('searchbox', { name: 'Words' }).waitFor()
    expect(await seriousInAllLooks(page)).toEqual([])
    // A menu closes where the window gets another size.
    for (const look of looks) {
      await show(page, look)
      await cell(page, 1).click({ button: 'right' })
      await page.getByRole('menu').waitFor()
      expect(await serious(page), 'menu').toEqual([])
      await page.keyboard.press('Escape')
    }
    await page.locator('[role=grid]').focus()
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: 'Trash' }).click()
    await page.getByText('Photos stay here for 30 days').waitFor()
    expect(await seriousInAllLooks(page), 'trash').toEqual([])
  })
})

test('a tag is renamed and removed from the sidebar, and undone', async () => {
  const { page } = await openWindow()
  await openAlbum(page, 'Corsica')
  await tag(page, 0, 3, 'Sea')
  await page.getByRole('treeitem', { name: 'Sea' }).focus()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Tag' }).fill('Water/Sea')
  await page.keyboard.press('Enter')
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2', 'Water 4'])
  await page.getByRole('treeitem', { name: 'Water' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete the tag' }).click()
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2'])
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 12', 'Studio 2', 'Water 4'])
})

test('the activity panel tells in words what was done, as it happens', async () => {
  const { page, server } = await openWindow()
  await page.getByRole('button', { name: 'Activity' }).click()
  const panel = page.getByRole('complementary', { name: 'Activity' })
  await panel.getByText('added 12 photos to “Corsica”').waitFor()
  await openAlbum(page, 'Corsica')
  await selectRange(page, 0, 1)
  await page.keyboard.press('4')
  await panel.getByText('rated 2 photos ★★★★').waitFor()
  await command(server.env, 'album', 'rename', 'Corsica', 'Corse')
  await panel.getByText('renamed “Corsica” to “Corse”').waitFor()
  expect(await serious(page)).toEqual([])
})

test('a guest sees the tags and counts of public albums and nothing else', async () => {
  const { page, server } = await openWindow()
  await openAlbum(page, 'Corsica')
  await tag(page, 0, 3, 'Secret, Sea')
  await openAlbum(page, 'Studio')
  await tag(page, 0, 1, 'Sea')
  await command(server.env, 'album', 'public', 'Studio')
  const guest = await openPage()
  await guest.goto(server.origin)
  await guest.getByText('2 photos').first().waitFor()
  await expect.poll(() => sidebar(guest)).toEqual(['Studio 2', 'Sea 2'])
  await guest.goto(`${server.origin}/?all=Secret`)
  await guest.getByRole('heading', { name: 'No photo matches' }).waitFor()
  await guest.goto(`${server.origin}/?all=Sea`)
  await count(guest, 2)
  await cell(guest, 0).click()
  await guest.keyboard.press('5')
  await guest.getByRole('alert').getByText('You may look at these photos, but not change them.').waitFor()
})
