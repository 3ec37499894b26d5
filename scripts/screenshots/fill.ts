import type { Locator, Page } from 'playwright-core'
import type { ShownGallery } from './gallery.ts'

export const cell = (page: Page, n: number): Locator => page.locator(`#cell-${n}`)

export const openAlbum = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('treeitem', { name: title }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await cell(page, 0).waitFor()
}

/** Draws the samples and takes them in, then culls a little, as users do. */
export const fill = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Sample photographs' }).click()
  await page.getByText('16 photos').first().waitFor({ timeout: 120_000 })
  await openAlbum(page, 'Outdoors')
  for (const [n, keys] of [['5', 'p'], ['4'], ['3', '7'], ['5', 'p', '8'], ['x']].entries()) {
    await cell(page, n).click()
    for (const key of keys) await page.keyboard.press(key)
  }
  await page.getByRole('button', { name: 'Leave the tour' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
}

const accounts = ['ana', 'bruno', 'camille', 'diego', 'elena', 'farid', 'greta']

/** Who may what, so that the matrix of rights has something to show. */
export const addPeople = ({ cimaise }: ShownGallery): void => {
  for (const name of accounts) cimaise(['account', 'add', name], 'a password of many words\n')
  cimaise(['group', 'create', 'family'])
  cimaise(['group', 'add', 'family', 'ana', 'bruno'])
  cimaise(['group', 'grant', 'family', 'Outdoors', 'modify'])
  for (const [name, album, right] of [
    ['ana', 'At home', 'read'],
    ['camille', 'Classics', 'modify'],
    ['diego', 'Outdoors', 'read'],
    ['elena', 'At home', 'modify'],
    ['farid', 'At home', 'read'],
  ] as const)
    cimaise(['account', 'grant', name, album, right])
  cimaise(['album', 'public', 'Outdoors'])
}
