import type { Browser, Page } from 'playwright-core'

interface Tools {
  page: Page
  /** Keeps a page as a picture of that name. */
  keep: (page: Page, name: string) => Promise<void>
  openAlbum: (page: Page, title: string) => Promise<void>
  browser: Browser
}

const themes = ['light', 'dark'] as const

/** The same view in both themes. */
const keepInBoth = async ({ page, keep }: Pick<Tools, 'page' | 'keep'>, name: string) => {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    await keep(page, `${name}-${colorScheme}`)
  }
}

const compare = async (tools: Tools) => {
  const { page, openAlbum } = tools
  await openAlbum(page, 'Outdoors')
  await page.locator('#cell-0').click()
  await page.locator('#cell-3').click({ modifiers: ['Shift'] })
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'Take out of the comparison' }).first().waitFor()
  await keepInBoth(tools, 'compare')
  await page.keyboard.press('Escape')
}

const map = async (tools: Tools) => {
  const { page } = tools
  await page.getByRole('button', { name: 'All photos' }).click()
  await page.getByRole('heading', { level: 1, name: 'All photos' }).waitFor()
  await page.keyboard.press('w')
  await page.locator('canvas[data-drawn]').waitFor()
  await keepInBoth(tools, 'map')
  await page.keyboard.press('Escape')
}

const share = async (tools: Tools): Promise<string> => {
  const { page, openAlbum } = tools
  await openAlbum(page, 'Outdoors')
  await page.keyboard.press('Control+,')
  await page.getByRole('navigation', { name: 'Settings' }).getByText('Links', { exact: true }).click()
  await page.getByRole('button', { name: 'New link…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Whom it is for').fill('Family')
  await dialog.getByRole('checkbox', { name: 'Choose photos' }).check()
  await keepInBoth(tools, 'share')
  await dialog.getByRole('button', { name: 'Make link' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Links' }).inputValue()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.keyboard.press('Escape')
  return link
}

const visitor = async (tools: Tools, link: string) => {
  const context = await tools.browser.newContext({ viewport: tools.page.viewportSize(), locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(link)
  await page.locator('#cell-0').waitFor()
  await keepInBoth({ ...tools, page }, 'visitor')
  await context.close()
}

/** What the handbook shows besides: photos side by side, the map, a link as it is made, and what its visitor sees. */
export const drawMore = async (tools: Tools): Promise<void> => {
  await compare(tools)
  await map(tools)
  await visitor(tools, await share(tools))
  await tools.page.emulateMedia({ colorScheme: 'dark' })
}
