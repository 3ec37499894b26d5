import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { looks, serious, show } from '../support/axe.ts'
import { closeBrowser, openPage } from '../support/browser.ts'
import { allPhotos } from '../support/library.ts'
import { drawPhoto, drawPhotos } from '../support/pictures/photos.ts'
import { startServer } from '../support/server.ts'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { serveWindow, visit } from '../support/window.ts'

afterAll(closeBrowser)

const openGrid = async (count = 40) => visit(await serveWindow(count, '2024'))

const cells = (page: Page) => page.getByRole('gridcell')
const selected = (page: Page) => page.getByRole('gridcell', { selected: true })

test('first run: samples fill the grid without a reload, and a tour is offered that can be left', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(server.link)
  await page.getByRole('heading', { name: 'Welcome to Cimaise' }).waitFor()
  expect(await serious(page)).toEqual([])
  await page.getByRole('button', { name: 'Sample photographs' }).click()
  await page.getByText('16 photos').first().waitFor()
  await expect
    .poll(() => page.getByRole('tree', { name: 'Albums' }).getByRole('treeitem').allInnerTexts())
    .toEqual(['At home\n4', 'Classics\n7', 'Outdoors\n5'])
  await expect
    .poll(() =>
      page.evaluate(
        () => [...document.images].filter((image) => image.complete && image.naturalWidth > 0).length,
      ),
    )
    .toBeGreaterThan(10)
  const tour = page.getByRole('complementary', { name: 'Tour' })
  await tour.getByRole('heading', { name: 'Look' }).waitFor()
  expect(await serious(page)).toEqual([])
  await tour.getByRole('button', { name: 'Next' }).click()
  await tour.getByText('2 of 5').waitFor()
  await tour.getByRole('button', { name: 'Leave the tour' }).click()
  await tour.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByText('16 photos').first().waitFor()
  expect(await tour.count()).toBe(0)
})

test('first run: a folder is found in the dialog, by how many photos it holds, and taken in', async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Harbour'), 3)
  const server = await startServer()
  const page = await openPage()
  await page.goto(server.link)
  await page.getByRole('button', { name: 'My folders' }).click()
  await page.getByLabel('Folder on the computer that runs Cimaise').fill(join(root, 'nope'))
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Folder on the computer that runs Cimaise').fill(root)
  await page.keyboard.press('Enter')
  await page.getByRole('listitem').filter({ hasText: 'Harbour' }).getByLabel('3 photos').waitFor()
  expect(await serious(page)).toEqual([])
  await page.getByRole('button', { name: 'Add this folder' }).click()
  await page.getByText('3 photos').first().waitFor()
})

test('a photo that comes into a folder appears in the open window without a reload', async () => {
  const { page, root } = await openGrid(4)
  await page.evaluate(() => Object.assign(window, { stillHere: true }))
  await drawPhoto(join(root, '2024/Corsica/late.jpg'), { hue: 333 })
  await page.getByText('7 photos').first().waitFor()
  expect(await page.evaluate(() => 'stillHere' in window)).toBe(true)
})

test('a lost thumbnail whose original is elsewhere leaves its placeholder, and says where the original is', async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Corsica'), 2)
  const server = await startServer(['--watch', root])
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const { redis, keys } = owner
  await expect.poll(async () => (await allPhotos(owner)).length).toBe(2)
  const [photo] = await allPhotos(owner)
  const { album = '', id = '', thumb, path = '' } = photo ?? {}
  await redis.hset(keys.photo(album, id), 'host', 'atelier-4f2a')
  await redis.del(keys.thumb(thumb ?? ''))
  rmSync(path)
  const page = await openPage()
  await page.goto(server.link)
  const lost = page.getByRole('img', { name: /^The thumbnail was lost/ })
  await lost.hover()
  await expect.poll(() => lost.getAttribute('aria-label')).toMatch(/the original is on atelier-4f2a/)
  expect(await page.locator('.picture', { has: lost }).getAttribute('style')).toContain('url("data:image/png')
  expect(await serious(page)).toEqual([])
})

test('the grid keeps its scroll position, its selection and its order through refreshes and visits elsewhere', async () => {
  const { page, root } = await openGrid(120)
  await page.getByLabel('Sort by').selectOption('name')
  // The grid of another order can be scrolled once its photos are counted.
  await expect
    .poll(() =>
      page.getByRole('grid').evaluate((grid) => {
        grid.scrollTop = 900
        return grid.scrollTop
      }),
    )
    .toBe(900)
  await expect.poll(() => page.locator('#cell-30').count()).toBe(1)
  await page.locator('#cell-30').click()
  const title = await page.locator('#cell-30').innerText()
  const top = await page.getByRole('grid').evaluate((grid) => grid.scrollTop)
  await drawPhoto(join(root, '2024/Studio/another.jpg'), { hue: 5 })
  await page.getByText('123 photos').first().waitFor()
  expect(await page.getByRole('grid').evaluate((grid) => grid.scrollTop)).toBe(top)
  await page.getByRole('treeitem', { name: 'Studio' }).click()
  await page.getByText('3 photos').first().waitFor()
  await page.getByRole('button', { name: /All photos/ }).click()
  await expect.poll(() => page.getByRole('grid').evaluate((grid) => grid.scrollTop)).toBe(top)
  await expect.poll(() => selected(page).allInnerTexts()).toEqual([title])
})

test('files that could not be read are counted, and shown with their reasons', async () => {
  const { page, root } = await openGrid(2)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(root, '2024/broken.jpg'), 'this is no picture')
  await page.getByText('1 file could not be read.').waitFor()
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByText('This is not a picture.').click()
  await page.getByText(join(root, '2024/broken.jpg')).waitFor()
  expect(await serious(page)).toEqual([])
})

test('guests are asked to log in, and in French where they speak it', async () => {
  const server = await startServer()
  const page = await openPage({ locale: 'fr-FR' })
  await page.goto(server.origin)
  await page.getByRole('heading', { name: 'Rien n’est montré aux invités ici' }).waitFor()
  await page.getByRole('button', { name: 'Se connecter' }).first().click()
  await page.getByLabel('Compte').fill('owner')
  await page.getByLabel('Mot de passe').fill('guess')
  await page.getByRole('dialog').getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('alert').waitFor()
})

test('when the gallery goes away the window says so, keeps what it shows, and comes back by itself', async () => {
  const { page, server } = await openGrid(3)
  const { port } = new URL(server.origin)
  // The count is there before the last of the photos.
  await expect.poll(() => cells(page).count()).toBe(5)
  server.child.kill('SIGKILL')
  await page.getByText(/The gallery does not answer/).waitFor()
  expect(await cells(page).count()).toBe(5)
  await startServer(['--port', port], server.env)
  await page.getByText(/The gallery does not answer/).waitFor({ state: 'hidden' })
})

describe('in a gallery that nothing changes,', () => {
  const served = shared(() => serveWindow(20, '2024'))

  test('albums are a tree that the keyboard walks, and an album shows its photos', async () => {
    const { page } = await visit(served())
    await page.getByRole('treeitem', { name: 'Corsica' }).click()
    await page.getByText('20 photos').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /Studio/ }).waitFor()
    await page.getByRole('treeitem', { name: 'Studio' }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    expect(await page.getByRole('treeitem').count()).toBe(1)
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('treeitem').count()).toBe(3)
  })

  test('selection by click, ctrl, shift and keyboard', async () => {
    const { page } = await visit(served())
    await cells(page).nth(2).click()
    await cells(page)
      .nth(5)
      .click({ modifiers: ['Shift'] })
    await page.getByText('4 photos selected').first().waitFor()
    await cells(page)
      .nth(3)
      .click({ modifiers: ['ControlOrMeta'] })
    await page.getByText('3 photos selected').first().waitFor()
    await cells(page).nth(0).click()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    expect(await selected(page).count()).toBe(3)
    await page.keyboard.press('ControlOrMeta+a')
    await page.getByText('22 photos selected').first().waitFor()
    await page.keyboard.press('Escape')
    expect(await selected(page).count()).toBe(0)
    await page.keyboard.press('End')
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-activedescendant')).toBe('cell-21')
  })

  test('a marquee from the empty grid selects what it touches', async () => {
    const { page } = await visit(served())
    const box = await cells(page).nth(0).boundingBox()
    const third = await cells(page).nth(2).boundingBox()
    if (!box || !third) throw new Error('no cells')
    await page.mouse.move(box.x - 6, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + 20, box.y + 30)
    await page.mouse.move(third.x + 20, third.y + 40)
    expect(await selected(page).count()).toBe(3)
    await page.mouse.up()
    expect(await selected(page).count()).toBe(3)
  })

  test('the viewer shows one original at a time, by keys, zooms and comes back to where it was', async () => {
    const { page } = await visit(served())
    const originals = page.locator('img[src^="original/"]')
    await cells(page).nth(1).click()
    await page.keyboard.press('Enter')
    await expect
      .poll(() =>
        originals.evaluateAll((images) =>
          images.map((image) => (image as HTMLImageElement).naturalWidth > 0),
        ),
      )
      .toEqual([true])
    const first = await originals.getAttribute('src')
    for (let n = 0; n < 4; n++) {
      await page.keyboard.press('ArrowRight')
      expect(await originals.count()).toBeLessThanOrEqual(1)
    }
    await page.getByText('6 of 22').waitFor()
    expect(await originals.getAttribute('src')).not.toBe(first)
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await page.getByRole('button', { name: 'Fit' }).waitFor()
    await page.keyboard.press('z')
    await page.getByRole('button', { name: '100 %' }).waitFor()
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await originals.count()).toBe(0)
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-activedescendant')).toBe('cell-5')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid')
  })

  test('the info panel tells what the file says', async () => {
    const { page } = await visit(served())
    await page.getByRole('treeitem', { name: 'Corsica' }).click()
    await page.getByText('20 photos').first().waitFor()
    await cells(page).nth(0).click()
    await page.keyboard.press('i')
    const panel = page.getByRole('complementary', { name: 'Info' })
    await panel.getByText('Test Box').waitFor()
    expect(await panel.innerText()).toMatch(/Monday,? 6 May 2024 at 07:08:19 \(UTC\+02:00\)/)
    expect(await panel.innerText()).toMatch(/319 × 400/)
  })

  test('axe finds nothing serious in the grid, dark and light, wide and narrow', async () => {
    const { page } = await visit(served(), looks[0])
    await cells(page).nth(1).click()
    await page.keyboard.press('i')
    for (const look of looks) {
      await show(page, look)
      await page.getByText('Test Box').waitFor()
      expect(await serious(page), look.colorScheme).toEqual([])
      const outside = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
      expect(outside).toBe(false)
    }
  })

  test('in a narrow window the sidebar is a drawer: a choice, Escape and a tap beside it close it', async () => {
    const { page } = await visit(served(), { viewport: { width: 768, height: 1024 }, hasTouch: true })
    const opener = page.getByRole('button', { name: 'Albums and tags' })
    const drawer = page.getByRole('navigation', { name: 'Albums' })
    const isOn = (what: typeof opener) => what.evaluate((element) => element === document.activeElement)
    expect(await drawer.isVisible()).toBe(false)
    await opener.tap()
    await drawer.waitFor()
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    expect(await isOn(opener)).toBe(true)
    await opener.tap()
    await page.touchscreen.tap(700, 500)
    await drawer.waitFor({ state: 'hidden' })
    await opener.tap()
    await page.getByRole('treeitem', { name: 'Corsica' }).tap()
    await page.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
    await drawer.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+f')
    await drawer.waitFor()
    expect(await isOn(page.getByRole('combobox', { name: 'Search photos' }))).toBe(true)
  })
})
