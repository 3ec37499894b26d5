/** Draws docs/screenshots/: the same scenes each time, on the sample photos. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import sharp from 'sharp'
import { chromiumPath, chromiumSwitches } from '../../test/support/chromium.ts'
import { addPeople, cell, fill, openAlbum } from './fill.ts'
import { root, withServer, type ShownGallery } from './gallery.ts'
import { drawMore } from './more.ts'
import { drawPanes } from './panes.ts'

const folder = join(root, 'docs/screenshots')
const desk = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

/** Waits until every picture that is seen has come, then keeps the page as a PNG with few colours, which is small. */
const keep = async (page: Page, name: string) => {
  await page.mouse.move(0, 0)
  await page.waitForFunction(() =>
    [...document.images].every((image) => image.complete && image.naturalWidth > 0),
  )
  await page.evaluate(() => document.fonts.ready)
  const file = join(folder, `${name}.png`)
  await sharp(await page.screenshot({ animations: 'disabled' }))
    .png({ palette: true, quality: 92, effort: 9 })
    .toFile(file)
  console.log(file)
}

/** The pictures name no machine and none of its folders. */
const nameNoMachine = (page: Page) =>
  page.evaluate(() => {
    for (const row of document.querySelectorAll('aside dd')) {
      const file = /[^/\\]+\.jpg$/.exec(row.textContent)?.[0]
      if (file) row.textContent = `/home/ana/Pictures/Outdoors/${file}`
      if (row.previousElementSibling?.textContent === 'Computer') row.textContent = 'studio'
    }
  })

const draw = async (browser: Browser, gallery: ShownGallery) => {
  const context: BrowserContext = await browser.newContext({
    viewport: desk,
    locale: 'en-GB',
    colorScheme: 'dark',
  })
  const page = await context.newPage()
  await page.goto(gallery.link)
  await fill(page)
  await page.getByRole('button', { name: 'All photos' }).click()
  await page.getByRole('heading', { level: 1, name: 'All photos' }).waitFor()
  await page.getByRole('rowheader').first().waitFor()
  await cell(page, 6).getByText('★').first().waitFor()
  await cell(page, 6).click()
  await keep(page, 'grid-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await openAlbum(page, 'Outdoors')
  await cell(page, 0).click()
  await cell(page, 3).click({ modifiers: ['Shift'] })
  await keep(page, 'grid-light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await cell(page, 1).dblclick()
  await page.keyboard.press('i')
  await page.getByText('Computer', { exact: true }).waitFor()
  await nameNoMachine(page)
  await keep(page, 'viewer')
  await page.keyboard.press('i')
  await page.keyboard.press('Escape')
  addPeople(gallery)
  await page.setViewportSize({ ...desk, height: 690 })
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Who sees what' }).click()
  await page.getByRole('grid').getByText('greta').waitFor()
  await keep(page, 'settings')
  await page.keyboard.press('Escape')
  await page.setViewportSize(phone)
  await keep(page, 'phone')
  await page.setViewportSize(desk)
  await drawMore({ page, keep, openAlbum, browser })
  await context.close()
}

const { panes } = parseArgs({ options: { panes: { type: 'string' } } }).values
if (panes === undefined) mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumSwitches })
try {
  await withServer((gallery) =>
    panes === undefined ? draw(browser, gallery) : drawPanes(browser, gallery, panes),
  )
} finally {
  await browser.close()
}
