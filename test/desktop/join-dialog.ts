/** The dialog by which a desktop joins a gallery on a server, as a user goes through it. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { anaPassword } from '../support/redis/joined.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { sidebar } from '../support/window.ts'
import { openDesktop, type Desktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

export const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Where is the gallery?' })

/** Opens the dialog by the menu, as the page says it once it is there. */
export const openDialog = async (desktop: Desktop) => {
  const page = await desktop.page()
  await expect
    .poll(() => desktop.wish('click', ['File', 'Join a gallery…']).then(() => dialogOf(page).isVisible()))
    .toBe(true)
  await dialogOf(page).getByLabel('Address').waitFor()
  return page
}

interface Login {
  url: string
  account?: string
  password?: string
  sentinels?: string
}

export const fill = async (
  page: Page,
  { url, account = 'ana', password = anaPassword, sentinels }: Login,
) => {
  const dialog = dialogOf(page)
  await dialog.getByLabel('Address').fill(url)
  await dialog.getByLabel('Account').fill(account)
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  if (sentinels !== undefined) await dialog.getByLabel('Password of the Sentinels').fill(sentinels)
}

export const submit = (page: Page) =>
  dialogOf(page).getByRole('button', { name: 'Join', exact: true }).click()

export const refusal = async (page: Page, login: Login) => {
  await fill(page, login)
  await submit(page)
  const alert = dialogOf(page).getByRole('alert')
  await alert.waitFor({ timeout: 40_000 })
  return alert.innerText()
}

export const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

/** The desktop app with one photo in a gallery of its own. */
export const openOwn = async () => {
  const [home, folder] = [temporaryFolder(), temporaryFolder()]
  await drawPhoto(folder, 'one.jpg')
  const desktop = await openDesktop({ home, folders: [folder] })
  const page = await desktop.page()
  await expectPhotos(page, 1)
  await expect.poll(() => sidebar(page)).toHaveLength(1)
  return { home, desktop, page, own: await sidebar(page) }
}

export const joinAs = async (desktop: Desktop, login: Login) => {
  const page = await openDialog(desktop)
  await fill(page, login)
  await submit(page)
  return page
}
