import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openPage } from './browser.ts'
import { drawPhotos } from './photos.ts'
import { startServer, type TestServer } from './server.ts'
import { temporaryFolder } from './temporary.ts'

export interface OpenedWindow {
  page: Page
  server: TestServer
  root: string
}

/** A window on `count` photos in the album Corsica, and two in Studio. */
export const openWindow = async (
  count = 12,
  options: Parameters<typeof openPage>[0] = {},
): Promise<OpenedWindow> => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Corsica'), count)
  await drawPhotos(join(root, 'Studio'), 2, 500)
  const server = await startServer(['--watch', root])
  const page = await openPage(options)
  await page.goto(server.link)
  await page
    .getByText(`${count + 2} photos`)
    .first()
    .waitFor()
  return { page, server, root }
}

export const cell = (page: Page, n: number) => page.locator(`#cell-${n}`)

/** Opens an album in the sidebar and waits for its photos. */
export const openAlbum = async (page: Page, title: string) => {
  await page.getByRole('treeitem', { name: title }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await cell(page, 0).waitFor()
}

/** The albums and tags of the sidebar, each with its count. */
export const sidebar = async (page: Page) =>
  (await page.getByRole('treeitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())

/** Selects the photos at two indexes and all between. */
export const selectRange = async (page: Page, first: number, last: number) => {
  await cell(page, first).click()
  await cell(page, last).click({ modifiers: ['Shift'] })
  await page
    .getByText(`${last - first + 1} photos selected`)
    .first()
    .waitFor()
}

/** Drags what is selected at an index to an element, as a hand does. */
export const dragTo = async (page: Page, from: number, to: ReturnType<Page['locator']>) => {
  const [start, end] = [await cell(page, from).locator('.picture').boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('nothing to drag')
  await page.mouse.move(start.x + 20, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(start.x + 32, start.y + 32, { steps: 3 })
  // A hand is never quite still: the page hears of a drag only when it moves.
  for (const by of [0, 2, 4])
    await page.mouse.move(end.x + end.width / 2 + by, end.y + end.height / 2, { steps: 4 })
}
