import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { drawPhoto } from '../support/pictures/photos.ts'
import { cell, serveFolder, titleAt, visit } from '../support/window.ts'

afterAll(closeBrowser)

const count = 5

/** Photos larger than the stage of the viewer, and than the preview that is shown on it. */
const open = async () => {
  const served = await serveFolder(async (root) => {
    for (let n = 0; n < count; n++)
      await drawPhoto(join(root, `photo-${n}.jpg`), { width: 3000, height: 2000, hue: n * 70 })
    return count
  })
  const opened = await visit(served)
  const asked: string[] = []
  opened.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  return { ...opened, asked: (what: string) => asked.filter((path) => path.startsWith(`/${what}/`)) }
}

/** What the preview on the stage holds: its pixels, and where its bytes came from. */
const shown = (page: Page) =>
  page
    .locator('.viewer img.preview')
    .evaluateAll((images) =>
      (images as HTMLImageElement[]).map(({ naturalWidth, src }) => [naturalWidth, src.split(':')[0]]),
    )

const isAt = (page: Page, n: number) => page.getByText(`${n} of ${count}`).waitFor()

test('leafing shows previews that were prepared, and the original is asked for at 100 % alone', async () => {
  const { page, asked } = await open()
  await cell(page, 0).dblclick()
  await isAt(page, 1)
  await expect.poll(() => shown(page)).toEqual([[1280, 'blob']])
  // The two that may be next are fetched without being looked at.
  await expect.poll(() => asked('preview/1280')).toHaveLength(3)
  await page.keyboard.press('ArrowRight')
  await isAt(page, 2)
  await expect.poll(() => shown(page)).toEqual([[1280, 'blob']])
  await expect.poll(() => asked('preview/1280')).toHaveLength(4)
  await page.keyboard.press('ArrowLeft')
  await isAt(page, 1)
  await expect.poll(() => shown(page)).toEqual([[1280, 'blob']])
  expect(asked('original')).toEqual([])

  await page.keyboard.press('z')
  const original = page.locator('.viewer img.original:not(.coming)')
  await expect
    .poll(() => original.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)))
    .toEqual([3000])
  expect(asked('original')).toHaveLength(1)
  await page.keyboard.press('ArrowRight')
  await isAt(page, 2)
  // The next one lies as the one before did, so that it is seen at 100 % as well, and it alone.
  await expect.poll(() => asked('original')).toHaveLength(2)
  expect(await page.locator('img[src^="original/"]').count()).toBe(1)
  await page.keyboard.press('z')
  // Back at the first one, in fit, it is not asked for again.
  await page.keyboard.press('ArrowLeft')
  await isAt(page, 1)
  await expect.poll(() => shown(page)).toEqual([[1280, 'blob']])
  expect(asked('original')).toHaveLength(2)
  // Its preview came once, for all that was leafed.
  const [first] = asked('preview/1280')
  expect(asked('preview/1280').filter((path) => path === first)).toHaveLength(1)

  // The loupe has the original, and there is no other one.
  await page.keyboard.press('Shift+Z')
  const magnified = page.locator('.glass img.original:not(.coming)')
  await expect
    .poll(() => magnified.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)))
    .toEqual([3000])
  expect(await page.locator('img[src^="original/"]').count()).toBe(1)
  await page.keyboard.press('Escape')
  await page.locator('.glass').waitFor({ state: 'detached' })
  await isAt(page, 1)
})

test('a second window of the browser shows the photo that the first is on, in the grid too, and leafs in both', async () => {
  const { page } = await open()
  await cell(page, 0).click()
  const [second] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Shift+W')])
  const seen = async () =>
    (await second.locator('img.preview').count()) === 1 && (await second.title()).replace(' · Cimaise', '')
  // The grid tells no titles while it is covered.
  const titles = [await titleAt(page, 0), await titleAt(page, 1), await titleAt(page, 2)]
  await expect.poll(seen).toBe(titles[0])
  await second.keyboard.press('ArrowRight')
  await page.locator('#cell-1[aria-selected=true]').waitFor()
  await expect.poll(seen).toBe(titles[1])
  await page.keyboard.press('Enter')
  await isAt(page, 2)
  await page.keyboard.press('ArrowRight')
  await expect.poll(seen).toBe(titles[2])
  // Who logs out leaves nothing behind.
  await page.goto('about:blank')
  await second.getByText('is shown here').waitFor()
})
