import { copyFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { allPhotos, reopen, startLibrary, takeIn } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Three photos in a folder of which nothing but single files is asked for. */
const startSingles = async () => {
  const folder = temporaryFolder()
  await drawPhotos(folder, 3)
  const files = [0, 1, 2].map((n) => join(folder, `photo-${n}.jpg`)) as [string, string, string]
  return { folder, files, ...(await startLibrary({ watch: true })) }
}

const titles = async (session: Parameters<typeof allPhotos>[0]) =>
  (await allPhotos(session)).map(({ title, missing }) => `${title}${missing ? ' missing' : ''}`).sort()

test('single files go to the album that was chosen for them, and nothing beside them does', async () => {
  const { files, library, session } = await startSingles()
  await library.add(files.slice(0, 2), 'Chosen')
  await library.settled()
  expect(await titles(session)).toEqual(['photo-0.jpg', 'photo-1.jpg'])
  const [album] = await listAlbums(session)
  expect(album?.title).toBe('Chosen')
  expect(await library.roots()).toMatchObject(
    files.slice(0, 2).map((path) => ({ path, file: true, online: true })),
  )
  const [photo] = await allPhotos(session)
  const original = await library.originals.open(session, album?.id ?? '', photo?.id ?? '')
  await original.file.close()
  expect(original.path).toBe(photo?.path)
})

test('a single file that goes is missing, and its photo goes on when it is back', async () => {
  const { folder, files, library, session } = await startSingles()
  await library.add([files[0]], 'Chosen')
  await library.settled()
  renameSync(files[0], join(folder, 'away'))
  await expect.poll(() => titles(session)).toEqual(['photo-0.jpg missing'])
  expect(await library.roots()).toMatchObject([{ online: true }])
  renameSync(join(folder, 'away'), files[0])
  await library.rescan()
  await expect.poll(() => titles(session)).toEqual(['photo-0.jpg'])
})

test('a single file whose content changes stays the same photo, also after a restart', async () => {
  const { files, library, session, gallery } = await startSingles()
  await library.add([files[0]], 'Chosen')
  await library.settled()
  const [before] = await allPhotos(session)
  copyFileSync(files[1], files[0])
  const digest = async () => (await allPhotos(session))[0]?.thumb
  await expect.poll(digest).not.toBe(before?.thumb)
  await library.close()
  rmSync(files[0])
  await (await reopen({ gallery, session }, { watch: true })).settled()
  expect(await allPhotos(session)).toMatchObject([{ id: before?.id, missing: true }])
})

test('a single file of a folder that is gone is not given up for lost', async () => {
  const { folder, files, library, session } = await startSingles()
  await library.add([files[0]], 'Chosen')
  await library.settled()
  renameSync(folder, `${folder}-unplugged`)
  await library.rescan()
  await library.settled()
  expect(await titles(session)).toEqual(['photo-0.jpg'])
  expect(await library.roots()).toMatchObject([{ online: false }])
  renameSync(`${folder}-unplugged`, folder)
})

test('files that the gallery has are found where they are now, by links too', async () => {
  const { folder, files, library, session } = await startSingles()
  await takeIn(library, folder, 'All')
  const link = join(temporaryFolder(), 'link.jpg')
  symlinkSync(files[0], link)
  const album = (await listAlbums(session))[0]?.id ?? ''
  const second = (await allPhotos(session)).find(({ title }) => title === 'photo-1.jpg')
  await change(session, [{ kind: 'trash', album, photos: [second?.id ?? ''] }])
  expect(await library.find([files[1], link, join(folder, 'never.jpg')])).toMatchObject([
    { path: files[1], album, photo: second?.id, trashed: true },
    { path: link, album, trashed: false },
  ])
})

test('files without an album, and such as are no photos, are refused in words; one beside photos is passed over', async () => {
  const { folder, files, library, session } = await startSingles()
  const notes = join(folder, 'notes.xmp')
  writeFileSync(notes, '')
  await expect(library.add([files[0]])).rejects.toThrow(/is a file/)
  await expect(library.add([notes], 'Chosen')).rejects.toThrow(/no photo/)
  expect(await library.roots()).toEqual([])
  await library.add([notes, files[0]], 'Chosen')
  await library.settled()
  expect(await titles(session)).toEqual(['photo-0.jpg'])
})
