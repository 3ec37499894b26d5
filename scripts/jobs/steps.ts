/** What jobs begin with and wait for: where things are in the window. */
import type { Page } from 'playwright-core'
import type { Hand } from './hand.ts'

/** Something that users want done. */
export interface Job {
  name: string
  /** Brings the window to where the job begins; not counted. */
  begin?: (page: Page) => Promise<unknown>
  run: (hand: Hand) => Promise<unknown>
  /** Waits until it is done, and fails where it is not. */
  done: (page: Page) => Promise<unknown>
}

export const cell = (page: Page, n: number) => page.locator(`#cell-${n}`)

export const treeItem = (page: Page, name: string) => page.getByRole('treeitem', { name })
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
export const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

const album = async (page: Page, name: string) => {
  await page.keyboard.press('Escape')
  await treeItem(page, name).click()
  await heading(page, name)
  await cell(page, 0).waitFor()
}
export const outdoors = (page: Page) => album(page, 'Outdoors')
export const first = async (page: Page) => {
  await outdoors(page)
  await cell(page, 0).click()
}
export const some = async (page: Page) => {
  await first(page)
  await cell(page, 3).click({ modifiers: ['Shift'] })
  await said(page, '4 photos selected')
}
export const opened = async (page: Page) => {
  await first(page)
  await page.keyboard.press('Enter')
  await said(page, /^1 of \d+$/)
}
