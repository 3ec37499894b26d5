import { afterAll, expect, test } from 'vitest'
import { setStatusSetters } from '../../src/core/statuses/status-setters.ts'
import { addAccount, grant } from '../support/accounts.ts'
import { closeBrowser, openPage } from '../support/browser.ts'
import { openCorsica, windowAs } from '../support/corsica.ts'
import { fingerOn, middleOf } from '../support/finger.ts'
import { cell, dragFrom, openAlbum, openBeside, openWindow } from '../support/window.ts'

afterAll(closeBrowser)

test('a key gives a photo a status, which other windows show, filters find and undo takes away; a new name is there at once', async () => {
  const { page } = await openWindow(4)
  await openAlbum(page, 'Corsica')
  const other = await openBeside(page, page.url())
  await cell(other, 0).waitFor()
  await cell(page, 1).click()
  await page.keyboard.press('Shift+Digit2')
  await cell(page, 1).getByRole('img', { name: 'To edit' }).waitFor()
  await cell(other, 1).getByRole('img', { name: 'To edit' }).waitFor()

  await other.goto(`${other.url()}&status=toEdit`)
  await other.getByText('1 of 4 photos').waitFor()

  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Statuses', exact: true }).click()
  const name = page.getByRole('textbox', { name: 'Name' }).nth(1)
  await name.fill('In the lab')
  await name.press('Tab')
  await other.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
  await other.getByRole('button', { name: /In the lab/ }).waitFor()

  await page.getByRole('button', { name: 'Back to the photos' }).click()
  await cell(page, 1).getByRole('img', { name: 'In the lab' }).waitFor()
  await page.keyboard.press('Control+z')
  await other.getByText('0 of 4 photos').waitFor()
  await expect.poll(() => cell(page, 1).getByRole('img', { name: 'In the lab' }).count()).toBe(0)
})

test('on the board a photo is dragged to another column, by mouse and by finger, and other windows count it there', async () => {
  const { page, server } = await openWindow(4)
  const board = async (of: typeof page) => {
    await of.keyboard.press('b')
    await of.getByRole('listbox', { name: 'By status' }).waitFor()
  }
  const column = (of: typeof page, name: string) => of.getByRole('group', { name })
  await board(page)
  await column(page, 'No status, 6 photos').waitFor()
  await column(page, 'No status').getByRole('option').first().locator('.picture').waitFor()
  await dragFrom(page, column(page, 'No status').getByRole('option').first(), column(page, 'Edited'))
  await page.mouse.up()
  await column(page, 'Edited, 1 photo').waitFor()
  await column(page, 'No status, 5 photos').waitFor()

  const phone = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await phone.context().addCookies(await page.context().cookies())
  await phone.goto(server.origin)
  await cell(phone, 0).waitFor()
  await board(phone)
  const photo = column(phone, 'No status').getByRole('option').first()
  const at = await middleOf(photo.locator('.picture'))
  const finger = await fingerOn(phone)
  await finger.down(at)
  await phone.locator('.drag-stack').waitFor()
  // Held near the edge, it brings the other columns, down to the last one.
  await finger.move([382, 300])
  await expect.poll(async () => (await column(phone, 'Delivered').boundingBox())?.x ?? 390).toBeLessThan(70)
  await finger.move([200, 320])
  await finger.up()
  await column(page, 'Delivered, 1 photo').waitFor()
  await column(page, 'No status, 4 photos').waitFor()
})

test('who may comment sets a status on the board where administrators let them, by mouse and by key, and all windows count it there', async () => {
  const { served, page, gallery, owner, album } = await openCorsica(3)
  const { key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [album]: 'comment' })
  await setStatusSetters(owner, 'comment')
  const ana = await windowAs(served.server, 'ana', key)
  await openAlbum(ana, 'Corsica')
  await openAlbum(page, 'Corsica')
  for (const window of [page, ana]) await window.keyboard.press('b')
  const column = (of: typeof page, name: string) => of.getByRole('group', { name })
  const first = column(ana, 'No status, 3 photos').getByRole('option').first()
  await first.locator('.picture').waitFor()
  await dragFrom(ana, first, column(ana, 'Edited'))
  await ana.mouse.up()
  for (const window of [ana, page]) await column(window, 'Edited, 1 photo').waitFor()
  await column(ana, 'No status').getByRole('option').first().click()
  await ana.keyboard.press('Shift+Digit2')
  for (const window of [ana, page]) await column(window, 'To edit, 1 photo').waitFor()
})
