import { afterAll, expect, test } from 'vitest'
import { serious } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { openCorsica, windowAs } from '../support/corsica.ts'
import { addLink, choosing } from '../support/links.ts'
import { cell, openAlbum, titleAt } from '../support/window.ts'

afterAll(closeBrowser)

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** A window of the owner on five photos, and a client on a phone who came by a link that asks for three of them. */
const setUp = async () => {
  const { served, page, gallery, owner, album } = await openCorsica()
  const { name, key } = await addLink(gallery, owner, album, { label: 'Wedding', ...choosing(3) })
  const client = await windowAs(served.server, name, key, phone)
  await client.getByText('0 of 3 chosen').waitFor()
  return { page, client }
}

test('a client on a phone chooses three of five photos and says that it is done; the photographer sees it at once, filters by it and compares', async () => {
  const { page, client } = await setUp()
  const bar = client.getByRole('region', { name: 'Choose photos' })
  const heart = (n: number) => cell(client, n).getByRole('button', { name: 'Choose this photo' })
  await openAlbum(page, 'Corsica')
  await titleAt(client, 3)
  await heart(0).tap()
  await client.getByRole('textbox', { name: 'Your name' }).fill('Anna Berg')
  await client.getByRole('button', { name: 'Keep choosing' }).tap()
  await bar.getByText('1 of 3 chosen').waitFor()

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'Chosen by clients: All photos' }).click()
  await page.getByRole('menuitem', { name: 'Compare selections…' }).click()
  const table = page.getByRole('table')
  await table.getByText('1 of 3 chosen').waitFor()
  await heart(1).tap()
  await heart(3).tap()
  await table.getByText('3 of 3 chosen').waitFor()
  await bar.getByText('3 of 3 chosen').waitFor()
  await heart(2).waitFor({ state: 'hidden' }) // as many are chosen as may be
  expect(await serious(client)).toEqual([])

  await cell(client, 1).tap()
  const viewer = client.getByRole('region', { name: 'Photo' })
  await viewer.getByRole('button', { name: 'Say something about this photo' }).tap()
  await client
    .getByRole('textbox', { name: 'What should be done with it' })
    .fill('In black and white, please')
  await client.getByRole('button', { name: 'Save' }).tap()
  await table.getByText('In black and white, please').waitFor()
  await viewer.getByRole('button', { name: 'Back' }).tap()
  await client.getByRole('button', { name: 'Done…' }).tap()
  await client.getByRole('button', { name: 'I am done' }).tap()
  await client.getByText('You said that you are done. Thank you.').waitFor()
  await table.getByText(/Wedding · done/).waitFor()
  await table.getByText('Anna Berg').waitFor()
  expect(await serious(page)).toEqual([])

  await page.getByRole('button', { name: 'Show in the album' }).click()
  await page.getByText('3 photos').first().waitFor()
  await client.getByRole('button', { name: 'Change it again' }).tap()
  await heart(0).tap()
  await page.getByText('2 photos').first().waitFor()
})
