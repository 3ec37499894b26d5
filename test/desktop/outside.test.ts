import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { writeComment } from '../../src/core/comments/comments.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { addAccount, grant } from '../support/accounts.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { openDesktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

test('while its window is elsewhere the app tells of imports and comments by the system, and a click brings the window', async () => {
  const [home, folder] = [temporaryFolder(), temporaryFolder()]
  await drawPhoto(folder, 'one.jpg')
  await drawPhoto(folder, 'two.jpg')
  const desktop = await openDesktop({ home })
  const page = await desktop.page()
  const bodies = () => desktop.told('notification').map(({ body }) => body)
  await desktop.wish('arrange window', { focused: false })
  await desktop.wish('choose folders next', [folder])
  await desktop.wish('click', ['File', 'Add Folder…'])
  await expectPhotos(page, 2)
  await expect.poll(bodies).toEqual(['2 photos were taken in'])
  const progress = () => desktop.told('progress').map((report) => Number(report['progress']))
  await expect.poll(() => progress().at(-1)).toBe(-1)
  expect(progress().some((part) => part >= 0)).toBe(true)

  const gallery = await openGallery({ env: cleanEnvironment({ CIMAISE_HOME: home }) })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const [{ id: album, title } = { id: '', title: '' }] = await listAlbums(owner)
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [album]: 'comment' })
  await writeComment(ana, { album, photo: null, text: 'The light!', spot: null })
  await expect.poll(bodies).toHaveLength(2)
  expect(bodies().at(-1)).toBe(`1 unread comment in “${title}”`)
  await expect.poll(() => desktop.told('badge').at(-1)?.['count']).toBe(1)

  const focused = desktop.told('window focused').length
  await desktop.wish('click on the notification')
  await expect.poll(() => desktop.told('window focused').length).toBe(focused + 1)
  await desktop.wish('arrange window', { focused: true })
  await writeComment(ana, { album, photo: null, text: 'And the sea!', spot: null })
  await expect.poll(() => desktop.told('badge').at(-1)?.['count']).toBe(2)
  expect(bodies()).toHaveLength(2)
})
