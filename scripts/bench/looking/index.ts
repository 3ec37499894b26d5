import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { median, megabytes, ms, ratio, report, sized, withGallery } from '../common.ts'
import { drawOne } from '../input.ts'
import { launch, startServer, stop } from '../window.ts'
import { serveBare } from './bare-page.ts'
import { untilPainted, watchPaints } from './painted.ts'

const count = sized(12, 5)
/** 24 megapixels. */
const size = { width: 6000, height: 4000 }
const screen = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2 }
/** 20 Mbit/s, of which each answer takes 80 ms to come. */
const slowLine = { offline: false, latency: 80, downloadThroughput: 20e6 / 8, uploadThroughput: 20e6 / 8 }

const newPage = async (browser: Browser, isSlow = false) => {
  const page = await browser.newPage(screen)
  await watchPaints(page)
  if (isSlow) {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Network.emulateNetworkConditions', slowLine)
  }
  return page
}

/** The grid of the photos, all of which are taken in. The link opens once: others have the first page's cookies. */
const openGrid = async (page: Page, link: string, first?: Page) => {
  await page.context().addCookies((await first?.context().cookies()) ?? [])
  await page.goto(first ? new URL(link).origin : link)
  await page.getByText(`${count} photos`).first().waitFor({ timeout: 300_000 })
  await page.locator(`#cell-${count - 1} img.sharp.there`).waitFor()
}

/** Until nothing has come for half a second: what may be next is prepared. */
const settled = (page: Page) =>
  page.waitForFunction(
    () => {
      const last = performance
        .getEntriesByType('resource')
        .reduce((end, entry) => Math.max(end, (entry as PerformanceResourceTiming).responseEnd), 0)
      return performance.now() - last > 500
    },
    null,
    { polling: 100 },
  )

/** The first photo, large: what is prepared is counted from here. */
const openFirst = async (page: Page) => {
  await settled(page)
  await page.evaluate(() => performance.clearResourceTimings())
  await page.locator('#cell-0').dblclick()
}

/** The same, and the two that may be next have come: their previews are those that were not asked for before. */
const prepared = async (page: Page, previews: number) => {
  await page.waitForFunction(
    (wanted) => {
      const names = performance.getEntriesByType('resource').map(({ name }) => name)
      return new Set(names.filter((name) => name.includes('/preview/2560/'))).size >= wanted
    },
    Math.min(previews, count),
    { polling: 100 },
  )
  await settled(page)
}

const press = (page: Page, key: string) => () => page.keyboard.press(key)

/** Each key in its turn, with time to prepare between. */
const leaf = async (page: Page, key: string, times: number) => {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    await prepared(page, key === 'ArrowRight' ? n + 3 : 0)
    took.push(await untilPainted(page, 'preview', press(page, key)))
  }
  return took
}

/** A photo opened from the grid: nothing of it was prepared. */
const openEach = async (page: Page, cells: number[]) => {
  const took: number[] = []
  for (const n of cells) {
    took.push(await untilPainted(page, 'preview', () => page.locator(`#cell-${n}`).dblclick()))
    await page.keyboard.press('Escape')
    await page.locator('.viewer').waitFor({ state: 'detached' })
  }
  return took
}

/** The same file on a bare page. */
const bareTimes = async (browser: Browser, file: string | Buffer, times: number, isSlow = false) => {
  const bare = await serveBare()
  const page = await newPage(browser, isSlow)
  try {
    await bare.show(file)
    await page.goto(bare.origin)
    const took: number[] = []
    for (let n = 0; n < times; n++) took.push(await untilPainted(page, 'bare', press(page, 'a')))
    return took
  } finally {
    await page.close()
    bare.close()
  }
}

const tell = (what: string, took: number[], aim: string, bare?: number[]) => {
  report(what, ms(median(took)), `${aim}; ${took.map(Math.round).join(' ')}`)
  if (bare)
    report('  ratio to a bare page with the same file', ratio(median(took) / median(bare)), ms(median(bare)))
}

/** The preview of a photo as the server sends it. */
const previewOf = async (page: Page) =>
  Buffer.from(
    await page.evaluate(async () => {
      const names = performance.getEntriesByType('resource').map(({ name }) => name)
      const bytes = await (
        await fetch(names.findLast((name) => name.includes('/preview/2560/')) ?? '')
      ).bytes()
      return [...bytes]
    }),
  )

const cells = (from: number) => Array.from({ length: count }, (_, n) => n).slice(from)

const measure = async (browser: Browser, folder: string, link: string) => {
  const page = await newPage(browser)
  await openGrid(page, link)
  tell(
    'opened from the grid, its preview not made yet',
    await openEach(page, cells(count - 3)),
    'decodes 24 MP',
  )
  await openFirst(page)
  const times = count - 4
  const next = await leaf(page, 'ArrowRight', times)
  const preview = await previewOf(page)
  tell('key to preview, prepared', next, 'aim 100 ms', await bareTimes(browser, preview, times))
  tell('back', await leaf(page, 'ArrowLeft', times), 'aim 100 ms')
  const originals: number[] = []
  for (let n = 0; n < times; n++) {
    await settled(page)
    originals.push(await untilPainted(page, 'original', press(page, 'z')))
    await page.keyboard.press('z') // the next one would be at 100 % already
    await page.keyboard.press('ArrowRight')
  }
  const [file = ''] = readdirSync(folder)
  tell(
    'key to original at 100 %, 24 MP',
    originals,
    'aim 300 ms',
    await bareTimes(browser, join(folder, file), times),
  )
  report(
    '  an original, a preview of 2560',
    megabytes(statSync(join(folder, file)).size),
    megabytes(preview.length),
  )
  return { page, preview }
}

const measureSlow = async (browser: Browser, link: string, first: Page, preview: Buffer) => {
  const page = await newPage(browser, true)
  await openGrid(page, link, first)
  const opened = await openEach(page, cells(1))
  tell(
    '20 Mbit/s, 80 ms: opened from the grid',
    opened,
    'aim 400 ms',
    await bareTimes(browser, preview, 5, true),
  )
  await openFirst(page)
  tell('20 Mbit/s, 80 ms: key to preview, prepared', await leaf(page, 'ArrowRight', count - 3), 'aim 100 ms')
  await page.close()
}

/** From a key until the picture is painted: previews, back, originals, on this computer and on a slow line. */
export const benchLooking = async () => {
  const browser = await launch()
  try {
    await withGallery(async ({ env, folder }) => {
      const photos = join(folder, 'photos')
      mkdirSync(photos)
      for (let n = 0; n < count; n++) await drawOne(join(photos, `photo-${n}.jpg`), n, size)
      const { child, link } = await startServer(env, ['--watch', photos])
      try {
        const { page, preview } = await measure(browser, photos, link)
        await measureSlow(browser, link, page, preview)
      } finally {
        await stop(child)
      }
    })
  } finally {
    await browser.close()
  }
}
