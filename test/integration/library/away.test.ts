import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawCard, nameAll, ofCard, titles, untitledCard } from '../../support/torture/cards.ts'
import { allPhotos, reopen, startLibrary, takeIn } from '../../support/library.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

test('two cards that take turns at one place have their own photos, whose files have the same names', async () => {
  const parent = temporaryFolder()
  const root = join(parent, 'card')
  const drawer = { one: join(parent, 'one'), two: join(parent, 'two') }
  await drawCard(join(drawer.one, 'DCIM'), 10)
  await drawCard(join(drawer.two, 'DCIM'), 100)
  renameSync(drawer.one, root)
  const started = await startLibrary()
  const { session } = started
  let { library } = started
  await takeIn(library, root)
  await nameAll(session, 'one')

  const change = async (out: string, next: string) => {
    renameSync(root, out)
    library = await reopen(started, { watch: true })
    await library.settled()
    await library.close()
    renameSync(next, root)
    library = await reopen(started, { watch: true })
    await library.settled()
    await library.close()
  }
  await library.close()
  await change(drawer.one, drawer.two)
  expect(await titles(session)).toEqual(untitledCard)
  await nameAll(session, 'two')
  await change(drawer.two, drawer.one)
  expect(await titles(session)).toEqual(ofCard('one'))
  await change(drawer.one, drawer.two)
  expect(await titles(session)).toEqual(ofCard('two'))
})

test('a photo whose file had gone is found in another root, also where its own root is away by now', async () => {
  const [home, drive, drawer] = [temporaryFolder(), join(temporaryFolder(), 'drive'), temporaryFolder()]
  await drawCard(drive, 10)
  await drawPhoto(join(home, 'other.jpg'), { hue: 200 })
  const started = await startLibrary()
  const { session } = started
  let { library } = started
  await takeIn(library, home)
  await takeIn(library, drive)
  await nameAll(session, 'one')
  await library.close()
  const lookAgain = async () => {
    library = await reopen(started, { watch: true })
    await library.settled()
    await library.close()
  }
  renameSync(join(drive, '2.jpg'), join(drawer, '2.jpg'))
  await lookAgain()
  expect(Object.keys(await titles(session))).not.toContain('2.jpg')
  renameSync(drive, join(drawer, 'drive'))
  renameSync(join(drawer, '2.jpg'), join(home, 'found.jpg'))
  await lookAgain()
  expect(await titles(session)).toMatchObject({ 'found.jpg': 'one 2.jpg' })
})

test('a picture that is written where a drive below a root was mounted is a photo of its own', async () => {
  const root = temporaryFolder()
  const drive = join(root, 'drive')
  const elsewhere = join(temporaryFolder(), 'drive')
  await drawCard(drive, 10)
  await drawPhoto(join(root, '0.jpg'))
  const { library, session } = await startLibrary({ watch: true })
  await takeIn(library, root)
  await nameAll(session, 'own')
  renameSync(drive, elsewhere)
  mkdirSync(drive)
  await library.rescan()
  await library.settled()
  await drawPhoto(join(drive, '2.jpg'), { hue: 300 })
  await expect.poll(() => titles(session), { timeout: 15_000 }).toMatchObject({ '2.jpg': '2.jpg' })
  rmSync(drive, { recursive: true })
  renameSync(elsewhere, drive)
  await library.rescan()
  await library.settled()
  expect(await titles(session)).toEqual({ ...ofCard('own'), '0.jpg': 'own 0.jpg' })
})

test('photos of a drive that were edited while it was away keep what was entered', async () => {
  const root = temporaryFolder()
  const drive = join(root, 'drive')
  const elsewhere = join(temporaryFolder(), 'drive')
  await drawCard(drive, 10)
  await drawPhoto(join(root, 'dated/4.jpg'), { taken: '2024:05:06 07:08:09' })
  await drawPhoto(join(root, '0.jpg'))
  const started = await startLibrary()
  await takeIn(started.library, root)
  await nameAll(started.session, 'own')
  renameSync(drive, elsewhere)
  renameSync(join(root, 'dated'), `${elsewhere}-dated`)
  await takeIn(started.library, root)
  expect((await started.library.roots())[0]?.away).toHaveLength(2)
  await started.library.close()
  await drawPhoto(join(elsewhere, '2.jpg'), { hue: 200, width: 222 })
  await drawPhoto(join(`${elsewhere}-dated`, '4.jpg'), { hue: 200, taken: '2024:05:06 07:08:09' })
  renameSync(elsewhere, drive)
  renameSync(`${elsewhere}-dated`, join(root, 'dated'))
  const again = await reopen(started)
  await takeIn(again, root)
  expect(await titles(started.session)).toEqual({
    ...ofCard('own'),
    '0.jpg': 'own 0.jpg',
    '4.jpg': 'own 4.jpg',
  })
  expect((await allPhotos(started.session)).find(({ path }) => path === join(drive, '2.jpg'))).toMatchObject({
    width: 222,
    missing: false,
  })
  expect(await allPhotos(started.session)).toHaveLength(5)
})
