import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { megabytes, report, sized, withGallery } from '../common.ts'
import { copyApart } from '../import.ts'
import { drawOne } from '../input.ts'
import { launch, startServer, stop } from '../window.ts'
import { weigh, type PageMemory } from './page-memory.ts'

const photos = sized(1000, 60)
const [drawn, everyMs] = [20, 60]
/** 2 megapixels. */
const size = { width: 1760, height: 1168 }
const screen = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2 }

const tell = (what: string, { process, heap, nodes, listeners }: PageMemory) =>
  report(
    what,
    megabytes(process),
    `${megabytes(heap)} of its own objects, ${nodes} nodes, ${listeners} listeners`,
  )

/** Leads through photos by key, one each 60 ms, and then waits until the last one is sharp. */
const leadOn = async (page: Page, steps: number) => {
  for (let n = 0; n < steps; n++) {
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(everyMs)
  }
  await page.locator('.viewer .picture img').first().waitFor()
  await page.waitForTimeout(1000)
}

const leaf = async (browser: Browser, link: string) => {
  const page = await browser.newPage(screen)
  await page.goto(link)
  await page
    .getByText(`${photos.toLocaleString('en')} photos`)
    .first()
    .waitFor({ timeout: 300_000 })
  const weight = await weigh(page)
  tell('page before', await weight.now())
  await page.locator('#cell-0').dblclick()
  let done = 0
  for (const part of [0.1, 0.3, 0.6, 0.99]) {
    const to = Math.round(photos * part)
    await leadOn(page, to - done)
    done = to
    tell(`after ${to} photos`, await weight.now())
  }
  tell('  told that memory is short', await weight.relieved())
  await page.keyboard.press('Escape')
  await page.locator('.viewer').waitFor({ state: 'detached' })
  tell('  back in the grid, told again', await weight.relieved())
}

/** What the page's process holds after a look at many photos, and how much of that the browser only keeps for later. */
export const benchLeafing = () =>
  withGallery(async ({ env, folder }) => {
    const [sources, watched] = [join(folder, 'sources'), join(folder, 'watched')]
    mkdirSync(sources)
    mkdirSync(watched)
    for (let n = 0; n < drawn; n++) await drawOne(join(sources, `${n}.jpg`), n, size)
    for (let n = 0; n < photos; n++)
      copyApart(join(sources, `${n % drawn}.jpg`), join(watched, `${n}.jpg`), Math.floor(n / drawn))
    const { child, link } = await startServer(env, ['--watch', watched])
    const browser = await launch()
    try {
      await leaf(browser, link)
    } finally {
      await browser.close()
      await stop(child)
    }
  })
