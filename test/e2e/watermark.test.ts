import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPage } from '../support/browser.ts'
import { drawPhoto } from '../support/pictures/photos.ts'
import { isMarked } from '../support/pictures/marked.ts'
import { cell, serveFolder, visit } from '../support/window.ts'

test('a link is made with a watermark of chosen words, gives no originals then, and its visitor sees marked pictures', async () => {
  const served = await serveFolder(async (root) => {
    await drawPhoto(join(root, 'Corsica', 'bay.jpg'), { width: 1600, height: 1000 })
    return 1
  })
  const { page: owner } = await visit(served)
  await owner.keyboard.press('Control+,')
  await owner.getByRole('button', { name: 'Links', exact: true }).click()
  const words = owner.getByLabel('Words of the watermark')
  await words.fill('a\u202Eb')
  await owner.getByText('without hidden characters').waitFor()
  await words.fill('© Anna Berg')
  await owner.getByRole('button', { name: 'Save' }).click()
  await owner.getByText('Pictures that are loaded from now on carry it.').waitFor()

  await owner.getByRole('button', { name: 'New link…' }).click()
  const dialog = owner.getByRole('dialog')
  const takes = dialog.getByLabel('Visitors may download')
  await takes.selectOption({ label: 'Originals' })
  await dialog.getByRole('checkbox', { name: 'A watermark on pictures' }).check()
  expect(await takes.locator('option').allTextContents()).toEqual([
    'Nothing',
    'Pictures of up to 2,560 pixels',
  ])
  await dialog.getByText('no originals and no films are given').waitFor()
  await dialog.getByRole('button', { name: 'Make link' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Links' }).inputValue()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await owner.getByText('watermark', { exact: false }).first().waitFor()

  const visitor = await openPage()
  await visitor.goto(link)
  await cell(visitor, 0).click()
  const seen = visitor.locator('img.preview').first()
  await seen.waitFor()
  expect(await isMarked(await seen.screenshot())).toBe(true)
}, 120_000)
