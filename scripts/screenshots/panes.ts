import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { addPeople, fill } from './fill.ts'
import type { ShownGallery } from './gallery.ts'

const wide = { width: 1440, height: 900 }
const tight = { width: 1024, height: 700 }
const phone = { width: 390, height: 844 }
/** Pixels: a section that is longer is cut. */
const tallest = 2400

/** Two languages that are read from the left, one with long words; one that is read from the right; one that may be tight. */
const locales = ['en-GB', 'de-DE', 'ar', 'fr-FR']
const themes = ['light', 'dark'] as const

/** Where the button of a section stands, whatever it is called. */
const sections = (page: Page) => page.locator('section.pane nav button')

/** As high as what is to be seen, so that nothing is below the fold. */
const growTo = async (page: Page) => {
  const height = await page
    .locator('section.pane .place')
    .evaluate((place) => window.innerHeight + place.scrollHeight - place.clientHeight)
  await page.setViewportSize({ ...wide, height: Math.min(Math.max(height, wide.height), tallest) })
}

/** Milliseconds without a change, after which a section has what it asks the gallery for. */
const quiet = 400

const settle = async (page: Page) => {
  await page.mouse.move(0, 0)
  await page.evaluate(async (wait) => {
    await document.fonts.ready
    await new Promise<void>((resolve) => {
      const done = () => {
        observer.disconnect()
        resolve()
      }
      let timer = setTimeout(done, wait)
      const observer = new MutationObserver(() => {
        clearTimeout(timer)
        timer = setTimeout(done, wait)
      })
      observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    })
  }, quiet)
}

const keepSection = async (page: Page, file: (look: string) => string) => {
  await settle(page)
  await growTo(page)
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ animations: 'disabled', path: file(`wide-${colorScheme}`) })
  }
  for (const [name, size] of [
    ['tight', tight],
    ['phone', phone],
  ] as const) {
    await page.setViewportSize(size)
    await page.screenshot({ animations: 'disabled', path: file(`${name}-dark`) })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.screenshot({ animations: 'disabled', path: file(`${name}-light`) })
    await page.emulateMedia({ colorScheme: 'dark' })
  }
  await page.setViewportSize(wide)
}

/** One account and one group are opened too: the first of their lists. */
const opened: Readonly<Record<number, string>> = { 4: 'account', 5: 'group' }

const drawLanguage = async (
  browser: Browser,
  folder: string,
  options: BrowserContextOptions,
  url: string,
) => {
  const context = await browser.newContext({ ...options, viewport: wide })
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('#cell-0').waitFor()
  await page.keyboard.press('Control+,')
  await sections(page).first().waitFor()
  const count = await sections(page).count()
  for (let n = 0; n < count; n++) {
    const named = (name: string) => (look: string) =>
      join(folder, `${String(n).padStart(2, '0')}${name}-${options.locale ?? ''}-${look}.png`)
    await sections(page).nth(n).click()
    await keepSection(page, named(''))
    if (opened[n] === undefined) continue
    await page.locator('section.pane .place .list button').first().click()
    await keepSection(page, named(`-${opened[n]}`))
  }
  await context.close()
}

/** Something of everything that the settings list. */
const addMore = ({ cimaise }: ShownGallery) => {
  cimaise(['share', 'create', 'Outdoors', '--until', '2090-01-01'])
  cimaise(['account', 'grant', 'greta', 'Classics', 'read'])
}

/** `npm run screenshots -- --panes FOLDER`: every section of the settings in both themes and several languages, to be looked at. */
export const drawPanes = async (browser: Browser, gallery: ShownGallery, folder: string): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  const context = await browser.newContext({ viewport: wide, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(gallery.link)
  await fill(page)
  addPeople(gallery)
  addMore(gallery)
  const storageState = await context.storageState()
  for (const locale of locales) {
    await drawLanguage(browser, folder, { locale, storageState }, page.url())
    console.log(`${locale}: ${folder}`)
  }
  await context.close()
}
