import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Decoder } from '../../../src/core/library/decode/pool.ts'
import { drawCard, nameAll, ofCard, titles, untitledCard } from '../../support/torture/cards.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Folders may be looked at no more often than every ten seconds. */
const seen = { timeout: 25_000 }

/**
 * Two cards whose files have the same names; the first is at `place`, which the gallery follows, and its photos have titles. What
 * `happen` has for a file's name happens once, before it is read; for a sidecar's name, when it has been written.
 */
const startCards = async (below = '') => {
  const parent = temporaryFolder()
  const root = join(parent, 'root')
  const place = join(root, below)
  const drawer = { one: join(parent, 'one'), two: join(parent, 'two') }
  await drawCard(join(place, 'DCIM'), 10)
  await drawCard(join(drawer.two, 'DCIM'), 100)
  const happen = new Map<string, () => void>()
  const shared = sharedDecoder()
  const happens = (name: string) => {
    happen.get(name)?.()
    happen.delete(name)
  }
  const read: Decoder['read'] = (path, sidecars) => {
    happens(basename(path))
    return shared.read(path, sidecars)
  }
  const writeSidecar: Decoder['writeSidecar'] = async (path, entered, at) => {
    const written = await shared.writeSidecar(path, entered, at)
    happens(`${basename(path)}.xmp`)
    return written
  }
  const { library, session } = await startLibrary({ watch: true, decoder: { ...shared, read, writeSidecar } })
  await takeIn(library, root)
  await nameAll(session, 'one')
  const exchange = (out: string, next: string) => {
    renameSync(place, out)
    renameSync(next, place)
  }
  return { root, place, drawer, library, session, exchange, happen }
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

test('a card that takes the place of another one just before a changed file is read has no title from it', async () => {
  const { place, drawer, session, exchange, happen } = await startCards('drive')
  happen.set('2.jpg', () => exchange(drawer.one, drawer.two))
  await drawPhoto(join(place, 'DCIM/2.jpg'), { hue: 200, width: 222 })
  await expect.poll(() => titles(session), seen).toEqual(untitledCard)
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

test('what is entered of the photos of one card is not written beside those of one that takes its place meanwhile', async () => {
  const { root, place, drawer, library, session, exchange, happen } = await startCards('drive')
  await library.setSidecars(root, true)
  const said = (card: string) =>
    readdirSync(join(card, 'DCIM'))
      .filter((name) => name.endsWith('.xmp'))
      .map((name) => readFileSync(join(card, 'DCIM', name), 'utf8'))
  await expect.poll(() => said(place).length, seen).toBe(3)
  happen.set('1.jpg.xmp', () => exchange(drawer.one, drawer.two))
  const photos = (await allPhotos(session)).sort((a, b) => (a.title < b.title ? -1 : 1))
  for (const { album, id } of photos)
    await change(session, [{ kind: 'edit', album, field: 'title', values: [{ photo: id, to: 'Of one' }] }])
  await expect.poll(() => titles(session), seen).toEqual(untitledCard)
  await nameAll(session, 'two')
  await expect.poll(() => said(place).length, seen).toBe(3)
  expect(said(place).filter((text) => text.includes('Of one'))).toEqual([])
  expect(said(drawer.one).filter((text) => text.includes('Of one'))).toHaveLength(1)
})
