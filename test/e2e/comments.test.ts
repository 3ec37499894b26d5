import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { addAccount, grant } from '../support/accounts.ts'
import { closeBrowser } from '../support/browser.ts'
import { openCorsica, windowAs } from '../support/corsica.ts'
import { cell, openAlbum } from '../support/window.ts'

afterAll(closeBrowser)

/** A window of the owner, and one of Ana, who may comment on Corsica. */
const setUp = async () => {
  const { served, page, gallery, owner, album } = await openCorsica(3)
  const { key } = await addAccount(gallery, owner, 'ana', { displayName: 'Ana Costa' })
  await grant(owner, 'ana', { [album]: 'comment' })
  return { page, ana: await windowAs(served.server, 'ana', key) }
}

const info = (page: Page) => page.getByRole('complementary', { name: 'Info' })

/** Opens the album and the first photo's panel. */
const show = async (page: Page) => {
  await openAlbum(page, 'Corsica')
  await cell(page, 0).click()
  await page.keyboard.press('n')
}

test('two accounts talk about a photo, each sees at once what the other says, and what is hidden is gone for the other', async () => {
  const { page, ana } = await setUp()
  await show(ana)
  const field = info(ana).getByRole('textbox', { name: 'Add a comment' })
  await field.fill('What a light!\nAnd the sea.')
  await field.press('Enter')
  await info(ana).getByText('What a light!').waitFor()
  expect(await field.inputValue()).toBe('')
  await show(page)
  await info(page).getByText('Ana Costa').waitFor()
  await page.keyboard.type('It was six in the morning.')
  await page.keyboard.press('Enter')
  await info(ana).getByText('It was six in the morning.').waitFor()
  await info(ana).getByRole('button', { name: 'Edit this comment' }).click()
  const editing = info(ana).getByRole('textbox', { name: 'Edit this comment' })
  await editing.fill('What a morning!')
  await editing.press('Enter')
  await info(page).getByText('What a morning!').waitFor()
  await cell(page, 0).getByText('2', { exact: true }).waitFor()
  await info(page).getByRole('button', { name: 'Hide this comment' }).click()
  await info(ana).getByText('Hidden from others').waitFor()
  await cell(page, 0).getByText('1', { exact: true }).waitFor()
  await info(ana).getByRole('button', { name: 'Take this comment back' }).click()
  await info(page).getByText('What a morning!').waitFor({ state: 'detached' })

  await page.getByRole('grid').press('Enter')
  await page.getByRole('region', { name: 'Photo' }).waitFor()
  await info(page).getByRole('button', { name: 'On a spot of the photo…' }).click()
  await page.getByRole('button', { name: 'Choose the spot' }).click({ position: { x: 40, y: 60 } })
  await page.keyboard.type('This boat')
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Photo' }).getByRole('img', { name: 'This boat' }).waitFor()
  await info(ana).getByText('This boat').waitFor()
  await ana.getByRole('grid').press('Enter')
  await ana.getByRole('region', { name: 'Photo' }).getByRole('img', { name: 'This boat' }).waitFor()

  // The mark stays on what it is about when the photo is turned.
  const left = () =>
    page.getByRole('img', { name: 'This boat' }).evaluate((mark) => Number.parseFloat(mark.style.left))
  expect(await left()).toBeLessThan(50)
  await page.getByRole('region', { name: 'Photo' }).focus()
  await page.keyboard.press('r')
  await expect.poll(left).toBeGreaterThan(50)
})
