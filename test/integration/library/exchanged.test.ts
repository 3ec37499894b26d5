import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawCard, nameAll, ofCard, titles, untitledCard } from '../../support/cards.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { drawPhoto } from '../../support/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Folders may be looked at no more often than every ten seconds. */
const seen = { timeout: 25_000 }

/** Two cards whose files have the same names; the first is at `place`, which the gallery follows, and its photos have titles. */
const startCards = async (below = '') => {
  const parent = temporaryFolder()
  const place = join(parent, 'root', below)
  const drawer = { one: join(parent, 'one'), two: join(parent, 'two') }
  await drawCard(join(place, 'DCIM'), 10)
  await drawCard(join(drawer.two, 'DCIM'), 100)
  const { library, session } = await startLibrary({ watch: true })
  await takeIn(library, join(parent, 'root'))
  await nameAll(session, 'one')
  const exchange = (out: string, next: string) => {
    renameSync(place, out)
    renameSync(next, place)
  }
  return { place, drawer, library, session, exchange }
}

for (const [what, below] of [
  ['a watched folder', ''],
  ['a folder in a watched one', 'drive'],
] as const)
  test(`two cards that take turns as ${what} while it is followed have their own photos`, async () => {
    const { drawer, session, exchange } = await startCards(below)
    exchange(drawer.one, drawer.two)
    await expect.poll(() => titles(session), seen).toEqual(untitledCard)
    await nameAll(session, 'two')
    exchange(drawer.two, drawer.one)
    await expect.poll(() => titles(session), seen).toEqual(ofCard('one'))
    exchange(drawer.one, drawer.two)
    await expect.poll(() => titles(session), seen).toEqual(ofCard('two'))
  })

test('a card that was out for a moment only is read again, as another one was read in its place', async () => {
  const { place, drawer, library, session, exchange } = await startCards()
  exchange(drawer.one, drawer.two)
  await library.rescan()
  await library.settled()
  expect(await titles(session)).toEqual(untitledCard)
  await nameAll(session, 'two')
  exchange(drawer.two, drawer.one)
  await expect.poll(() => titles(session), seen).toEqual(ofCard('one'))
  await drawPhoto(join(place, 'DCIM/4.jpg'), { hue: 250 })
  await expect.poll(() => titles(session), seen).toEqual({ ...ofCard('one'), '4.jpg': '4.jpg' })
})

test('an edit that nobody has read yet when its card is changed leaves no title on the other card', async () => {
  const { place, drawer, session, exchange } = await startCards()
  await drawPhoto(join(place, 'DCIM/2.jpg'), { hue: 200, width: 222 })
  exchange(drawer.one, drawer.two)
  await expect.poll(() => titles(session), seen).toEqual(untitledCard)
  exchange(drawer.two, drawer.one)
  await expect.poll(() => titles(session), seen).toMatchObject({ '1.jpg': 'one 1.jpg', '3.jpg': 'one 3.jpg' })
})

test('a file that is written on another card is no edit of the photo that had its name on the one before', async () => {
  const { place, drawer, session, exchange } = await startCards('drive')
  exchange(drawer.one, drawer.two)
  await drawPhoto(join(place, 'DCIM/2.jpg'), { hue: 200, width: 222 })
  await expect.poll(() => titles(session), seen).toEqual(untitledCard)
  exchange(drawer.two, drawer.one)
  await expect.poll(() => titles(session), seen).toEqual(ofCard('one'))
  const second = (await allPhotos(session)).find(({ title }) => title === 'one 2.jpg')
  expect(second).toMatchObject({ width: 600, missing: false })
})

test('what is entered of the photos of one card is not written beside those of another one', async () => {
  const { place, drawer, library, session, exchange } = await startCards()
  await library.setSidecars(join(place), true)
  const said = () =>
    readdirSync(join(place, 'DCIM'))
      .filter((name) => name.endsWith('.xmp'))
      .map((name) => readFileSync(join(place, 'DCIM', name), 'utf8'))
  await expect.poll(() => said().length, seen).toBe(3)
  exchange(drawer.one, drawer.two)
  for (const { album, id } of await allPhotos(session))
    await change(session, [{ kind: 'edit', album, field: 'title', values: [{ photo: id, to: 'Of one' }] }])
  await expect.poll(() => titles(session), seen).toEqual(untitledCard)
  await nameAll(session, 'two')
  await expect.poll(() => said().length, seen).toBe(3)
  expect(said().join()).not.toContain('Of one')
  expect(said().join()).toContain('two 2.jpg')
})
