import { afterAll, expect, test } from 'vitest'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { writeComment } from '../../src/core/comments/comments.ts'
import { addPhotos } from '../../src/core/library/writing/photo-writer.ts'
import { describeSelection, pickPhoto } from '../../src/core/selections/own-selection.ts'
import { addAccount, grant } from '../support/accounts.ts'
import { serious } from '../support/axe.ts'
import { closeBrowser } from '../support/browser.ts'
import { openCorsica } from '../support/corsica.ts'
import { addLink, choosing } from '../support/links.ts'
import { readPhoto } from '../support/organise.ts'

afterAll(closeBrowser)

/** A window of the owner on five photos, and what others do meanwhile: a member who says something and adds a photo, a client who is done. */
const setUp = async () => {
  const { served, page, gallery, owner, album } = await openCorsica()
  const [photo = '', other = ''] = await owner.redis.zrange(owner.keys.albumPhotos(album), 0, '-1')
  const { session: ana } = await addAccount(gallery, owner, 'ana', { displayName: 'Ana Costa' })
  const { id: shared } = await createAlbum(owner, { title: 'Family' })
  await grant(owner, 'ana', { [album]: 'comment', [shared]: 'modify' })
  const { name, visitor } = await addLink(gallery, owner, album, { label: 'Wedding', ...choosing(3) })
  // Who never looked at notices has read all until they look first.
  await expect.poll(() => owner.redis.hget(owner.keys.seenComments('owner'), 'notices')).not.toBeNull()
  const happen = async () => {
    await addPhotos(ana, shared, [{ path: '/photos/family/1.jpg', read: readPhoto(70_001) }])
    await owner.redis.xadd(owner.keys.albumEvents(shared), '*', 'what', 'uploaded', 'by', name)
    await addPhotos(ana, shared, [{ path: '/photos/family/2.jpg', read: readPhoto(70_002) }])
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    await owner.redis.hset(owner.keys.account(name), { created: inDays(-9), expires: inDays(3) })
    await writeComment(ana, { album, photo, text: 'A heron, at six', spot: null })
    await writeComment(ana, { album, photo: null, text: 'The herons of the island', spot: null })
    for (const one of [photo, other]) await pickPhoto(visitor, { photo: one })
    await describeSelection(visitor, { name: 'Anna Berg', done: true })
  }
  return { served, page, happen }
}

test('the bell tells at once what others did, leads to it, and has been read then; the box finds what was said, and who chose', async () => {
  const { page, happen } = await setUp()
  await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()
  await happen()
  await page.getByRole('button', { name: /new notices$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Notices' })
  await dialog.getByRole('button', { name: '2 comments in “Corsica”' }).waitFor()
  await dialog.getByRole('button', { name: 'Visitors sent 1 photo to “Family”' }).waitFor()
  await dialog.getByRole('button', { name: 'New in “Family”: 1 photo' }).waitFor()
  await dialog.getByRole('button', { name: '7 photos were taken in' }).waitFor()
  expect(await serious(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Anna Berg is done with choosing in “Corsica”: 2 photos' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('2 photos', { exact: true }).first().waitFor()
  expect(page.url()).toContain('chosen=share')
  await page.reload()
  await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()

  const box = page.getByRole('combobox', { name: 'Search photos' })
  await box.fill('anna')
  await page.getByRole('option', { name: 'Anna Berg in Corsica 2' }).waitFor()
  await box.fill('heron')
  const said = page.getByRole('group', { name: 'Comments' })
  await said.getByRole('option', { name: 'Corsica 1 comment' }).waitFor()
  expect(await serious(page)).toEqual([])
  await said.getByRole('option', { name: 'Comments with “heron” 1' }).click()
  await expect.poll(() => page.getByRole('gridcell').count()).toBe(1)
})
