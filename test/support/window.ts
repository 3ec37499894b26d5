import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openPage } from './browser.ts'
import { drawPhotos } from './pictures/photos.ts'
import { logIn, startServer, type TestServer } from './server.ts'
import { temporaryFolder } from './temporary.ts'

export interface OpenedWindow {
  page: Page
  server: TestServer
  root: string
}

interface Served {
  server: TestServer
  root: string
  /** Photos that there will be once all is taken in. */
  count: number
  cookie: string
}

/** A server on a folder that is filled first; `fill` answers how many photos it has drawn. */
export const serveFolder = async (
  fill: (root: string) => Promise<number>,
  options: string[] = [],
): Promise<Served> => {
  const root = temporaryFolder()
  const count = await fill(root)
  const server = await startServer(['--watch', root, ...options])
  return { server, root, count, cookie: await logIn(server) }
}

/** How long hundreds of photos may take to come in beside other tests, in milliseconds. */
export const takenInMs = 100_000

const inEnglish = (count: number) => (count === 1 ? '1 photo' : `${count} photos`)

/** A window of the owner on a server, once all is taken in; a server may have many. `says`: how many photos there are, in its language. */
export const visit = async (
  { server, root, count, cookie }: Served,
  options: Parameters<typeof openPage>[0] = {},
  says: (count: number) => string = inEnglish,
): Promise<OpenedWindow> => {
  const page = await openPage(options)
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: server.origin }]) // the link opens once
  await page.goto(server.origin)
  await page.getByText(says(count)).first().waitFor({ timeout: takenInMs })
  return { page, server, root }
}

/** A server on `count` photos in the album Corsica, and two in Studio. */
export const serveWindow = (count = 12, parent = '', options: string[] = []): Promise<Served> =>
  serveFolder(async (root) => {
    await drawPhotos(join(root, parent, 'Corsica'), count)
    await drawPhotos(join(root, parent, 'Studio'), 2, 500)
    return count + 2
  }, options)

/** The same on nine photos, which takes what is sent to it. */
export const serveTakingUploads = (): Promise<Served> => serveWindow(9, '', ['--uploads', temporaryFolder()])

/** A window on a server of its own, with `count` photos in the album Corsica, and two in Studio. */
export const openWindow = async (
  count = 12,
  options: Parameters<typeof openPage>[0] = {},
): Promise<OpenedWindow> => visit(await serveWindow(count), options)

/** A second window of whom a page is of, at an address. */
export const openBeside = async (page: Page, url: string): Promise<Page> => {
  const other = await openPage()
  await other.context().addCookies(await page.context().cookies())
  await other.goto(url)
  return other
}

export const cell = (page: Page, n: number) => page.locator(`#cell-${n}`)

/** The title that a cell of the grid shows: it has none before its photo is read. */
export const titleAt = async (page: Page, n: number): Promise<string> => {
  const title = cell(page, n).locator('.title', { hasText: /\S/ })
  return (await title.innerText()).trim()
}

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
export const dragTo = (page: Page, from: number, to: ReturnType<Page['locator']>) =>
  dragFrom(page, cell(page, from), to)

/** The same from any cell that has a picture. */
export const dragFrom = async (
  page: Page,
  from: ReturnType<Page['locator']>,
  to: ReturnType<Page['locator']>,
) => {
  const [start, end] = [await from.locator('.picture').boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('nothing to drag')
  await page.mouse.move(start.x + 20, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(start.x + 32, start.y + 32, { steps: 3 })
  // A hand is never quite still: the page hears of a drag only when it moves.
  for (const by of [0, 2, 4])
    await page.mouse.move(end.x + end.width / 2 + by, end.y + end.height / 2, { steps: 4 })
}
