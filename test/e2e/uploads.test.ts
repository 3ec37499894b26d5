import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createShare } from '../../src/core/access/shares.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { deriveKey } from '../../src/core/gallery/credentials.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { shareLink, shareSecret } from '../../src/shared/domain/share-link.ts'
import { openPage } from '../support/browser.ts'
import { seriousInAllLooks } from '../support/axe.ts'
import { drawPhoto } from '../support/pictures/photos.ts'
import { logIn, startServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { shared } from '../support/shared.ts'
import { cell, titleAt } from '../support/window.ts'

/** A server that takes uploads, with the album Wedding, a link to it that takes photos, and two photos to send. */
const served = shared(async () => {
  const server = await startServer(['--uploads', temporaryFolder(), '--upload-pattern', '{name}'])
  const cookie = await logIn(server)
  const gallery = await openGallery({ env: server.env })
  const owner = await gallery.self()
  const { id: album } = await createAlbum(owner, { title: 'Wedding' })
  const name = 'share~Grandma1'
  const secret = 'abcdefghijklmnopqrstuv'
  await createShare(owner, {
    ...{ name, album, label: 'Grandma', expires: '2090-01-01T00:00:00Z', uploads: 1e9 },
    ...{ key: await deriveKey(gallery.id, name, shareSecret(secret, '')), hasPassword: false },
  })
  await gallery.close()
  const folder = temporaryFolder()
  const draw = async (file: string, hue: number) => {
    await drawPhoto(join(folder, file), { hue })
    return join(folder, file)
  }
  const files = [
    await draw('church.jpg', 20),
    await draw('cake.jpg', 60),
    await draw('dance.jpg', 100),
  ] as const
  return { server, cookie, album, link: shareLink(server.origin, name, secret, false), files }
})

test('a grandmother adds two photos by a link on her phone, and sees them come into the album', async () => {
  const { link, files } = served()
  const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await page.goto(link)
  const panel = page.getByRole('region', { name: 'Add photos to Wedding' })
  const choosing = page.waitForEvent('filechooser')
  await panel.getByRole('button', { name: 'Choose photos' }).tap()
  const chooser = await choosing
  expect(chooser.isMultiple()).toBe(true)
  await chooser.setFiles([files[0], files[1]])
  await panel.getByText('2 photos have been added.').first().waitFor({ timeout: 60_000 })
  expect(await seriousInAllLooks(page)).toEqual([])
  await panel.getByRole('button', { name: 'Close' }).tap()
  await cell(page, 1).waitFor({ timeout: 60_000 })
  expect([await titleAt(page, 0), await titleAt(page, 1)].sort()).toEqual(['cake.jpg', 'church.jpg'])
})

test('a member drops files on an album; what is no photo is named with the reason', async () => {
  const { server, cookie, album } = served()
  const page = await openPage({ viewport: { width: 1024, height: 700 } })
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: server.origin }])
  await page.goto(`${server.origin}/?album=${encodeURIComponent(album)}`)
  await page.getByRole('button', { name: 'Add photos' }).waitFor()
  await page.keyboard.press('Shift+U')
  const panel = page.getByRole('region', { name: 'Add photos to Wedding' })
  await panel.getByRole('button', { name: 'Choose a folder' }).waitFor()
  await panel.getByRole('button', { name: 'Close' }).click()
  const [, , third] = served().files
  const dropped = await page.evaluateHandle((picture) => {
    const transfer = new DataTransfer()
    const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0))
    transfer.items.add(new File([bytes], 'dance.jpg'))
    transfer.items.add(new File(['Dear all, here is the list of guests.'], 'letter.txt'))
    return transfer
  }, readFileSync(third).toString('base64'))
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped })
  await panel.getByText('1 photo has been added. 1 file was not taken.').waitFor({ timeout: 60_000 })
  const refused = panel.getByRole('list', { name: 'Files that were not taken' })
  expect(await refused.innerText()).toMatch(/letter\.txt\s+\S+/)
  expect(await seriousInAllLooks(page)).toEqual([])
  await panel.getByRole('button', { name: 'Close' }).click()
  // Onto the album in the tree, while all photos are shown.
  await page.getByRole('button', { name: 'All photos' }).click()
  await page.getByRole('button', { name: 'Add photos' }).waitFor({ state: 'detached' })
  const row = page.getByRole('treeitem', { name: 'Wedding' })
  await row.dispatchEvent('dragover', { dataTransfer: dropped })
  await row.dispatchEvent('drop', { dataTransfer: dropped })
  await panel
    .getByText(/1 was in the album already/)
    .first()
    .waitFor({ timeout: 60_000 })
})
