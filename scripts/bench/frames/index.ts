import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { ms, ratio, report, sized, withGallery, type BenchGallery } from '../common.ts'
import { copyApart } from '../import.ts'
import { sourcePhotos } from '../input.ts'
import { fillGallery } from '../synthetic.ts'
import { launch, startServer, stop } from '../window.ts'
import { makeBareGrid } from './bare-grid.ts'
import { partSlow, scrollFor, slowMs, type Frames } from './scroll.ts'

/** `CIMAISE_BENCH_PHOTOS`: the number of photos, where another is wanted. */
const photos = Number(process.env['CIMAISE_BENCH_PHOTOS'] ?? sized(1_000_000, 5000))
const seconds = sized(8, 2)
const imported = sized(400, 24)
/** A hand at the wheel, a swipe, and all of it, in pixels a second. */
const speeds = [4000, 12_000, 'all'] as const
/** The first look at a gallery that was only just filled takes a while beside a load. */
const patienceMs = 240_000
const screen = { viewport: { width: 1440, height: 900 } }

const percent = (part: number) => `${(100 * part).toFixed(1)} %`

const tell = (what: string, frames: Frames) =>
  report(
    `${what}: frames over ${slowMs} ms`,
    percent(partSlow(frames)),
    `${frames.took.length} frames, the longest ${ms(Math.max(...frames.took))}; ${(frames.used / frames.took.length).toFixed(1)} ms of a processor each`,
  )

interface Opened {
  page: Page
  bare: Page
  origin: string
}

/** Thumbnails that the grid shows: the bare one shows the same. */
const shown = (page: Page) =>
  page.evaluate(() => [...document.images].map(({ src }) => src).filter((src) => src.includes('/thumb/')))

/** The window and a bare grid in turns, the latter twice: how far its two turns differ is how much the machine does. */
const inTurns = async ({ page, bare, origin }: Opened, speed: number | 'all', what: string) => {
  const pictures = speed === 'all' ? [] : await shown(page)
  const height = await page.evaluate(() => document.querySelector('[role=grid]')?.scrollHeight ?? 0)
  const bareTurn = async () => {
    await makeBareGrid(bare, origin, pictures, height)
    await bare.bringToFront()
    return scrollFor(bare, seconds, speed)
  }
  const before = await bareTurn()
  await page.bringToFront()
  const own = await scrollFor(page, seconds, speed)
  const after = await bareTurn()
  tell(what, own)
  tell('  bare grid, before', before)
  tell('  bare grid, after', after)
  const used = ({ used, took }: Frames) => used / took.length
  report(
    '  ratio to the bare grid, of processor a frame',
    ratio(used(own) / ((used(before) + used(after)) / 2)),
  )
}

const visit = async (browser: Browser, link: string): Promise<Opened> => {
  const context = await browser.newContext(screen)
  const page = await context.newPage()
  await page.goto(link)
  await page.locator('[role=gridcell] img').first().waitFor({ timeout: patienceMs })
  return { page, bare: await context.newPage(), origin: new URL(link).origin }
}

const countOf = async ({ gallery }: BenchGallery) =>
  (await pageOfPhotos(await gallery.self(), { album: null, sort: 'taken', descending: true }, 0, 1)).total

/** Photos come into a folder that the server follows, all at once. */
const giveFiles = async (folder: string, watched: string) => {
  const { files, kind } = await sourcePhotos(join(folder, 'sources'), ['camera', 'orientation'])
  const given = join(folder, 'given')
  mkdirSync(given)
  for (let n = 0; n < imported; n++)
    copyApart(files[n % files.length] ?? '', join(given, `${n}.jpg`), Math.floor(n / files.length))
  return { kind, give: () => renameSync(given, join(watched, 'given')) }
}

const whileImporting = async (browser: Browser, bench: BenchGallery) => {
  const watched = join(bench.folder, 'watched')
  mkdirSync(watched)
  const { kind, give } = await giveFiles(bench.folder, watched)
  const { child, link } = await startServer(bench.env, ['--watch', watched])
  try {
    const { page } = await visit(browser, link)
    for (const speed of [4000, 'all'] as const)
      tell(`again, ${speed === 'all' ? 'all' : `${speed} px/s`}`, await scrollFor(page, seconds, speed))
    const before = await countOf(bench)
    give()
    while ((await countOf(bench)) === before) await page.waitForTimeout(50)
    for (const speed of [4000, 'all'] as const) {
      const begun = (await countOf(bench)) - before
      const frames = await scrollFor(page, seconds, speed)
      tell(`while importing, ${speed === 'all' ? 'all' : `${speed} px/s`}`, frames)
      report(`  of ${imported} ${kind} photos`, `${begun} to ${(await countOf(bench)) - before}`)
    }
  } finally {
    await stop(child)
  }
}

/** How even frames are while all photos pass, at several speeds, and while others are taken in. */
export const benchFrames = async () => {
  const browser = await launch()
  try {
    await withGallery(async (bench) => {
      const begin = performance.now()
      await fillGallery(await bench.gallery.self(), photos)
      report(`${photos} photos, made in`, ms(performance.now() - begin))
      const { child, link } = await startServer(bench.env)
      try {
        const opened = await visit(browser, link)
        for (const speed of speeds)
          await inTurns(opened, speed, speed === 'all' ? `all in ${seconds} s` : `${speed} pixels a second`)
        await opened.page.context().close()
      } finally {
        await stop(child)
      }
      await whileImporting(browser, bench)
    })
  } finally {
    await browser.close()
  }
}
