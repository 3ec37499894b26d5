import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** How a page is looked at: as many see it, and in the narrowest window that shows everything. */
export const looks = [
  { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'light', viewport: { width: 1024, height: 700 } },
] as const

/** Shows a page in another look, without another visit. */
export const show = async (page: Page, { colorScheme, viewport }: (typeof looks)[number]): Promise<void> => {
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize(viewport)
}

/** What axe finds serious in each of the looks, after which the page is shown as in the first of them. */
export const seriousInAllLooks = async (page: Page): Promise<string[]> => {
  const found: string[] = []
  for (const look of looks) {
    await show(page, look)
    found.push(...(await serious(page)).map((one) => `${look.colorScheme}: ${one}`))
  }
  await show(page, looks[0])
  return found
}

/** What axe finds serious on a page; empty where there is nothing. */
export const serious = async (page: Page): Promise<string[]> => {
  // Ours have no frames: without legacy mode each look opens a second page, to put together what frames said.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}
