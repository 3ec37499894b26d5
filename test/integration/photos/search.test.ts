import { expect, test } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { countMonths } from '../../../src/core/photos/months.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { nearestSearch } from '../../../src/core/photos/words.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change } from '../../support/organise.ts'

type Fields = Record<string, string>

/** An album whose photos have these records, at days after one another. */
const album = async (session: Session, title: string, photos: Fields[]) => {
  const { redis, keys } = session
  const { id } = await createAlbum(session, { title })
  for (const [n, fields] of photos.entries()) {
    const photo = `${id.replace(/\W/g, '').slice(-6)}${String(n).padStart(4, '0')}`
    await redis.zadd(keys.albumPhotos(id), n, photo)
    await redis.hset(keys.photo(id, photo), { path: `/photos/${fields['name'] ?? ''}`, ...fields })
  }
  return id
}

const view = (text: string) => ({
  album: null,
  sort: 'name' as const,
  descending: false,
  filter: { text },
})

const namesOf = async (session: Session, text: string) =>
  (await pageOfPhotos(session, view(text), 0, 100)).photos.map(({ title }) => title)

const start = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const corsica = await album(owner, '2019/Corse – Été', [
    {
      name: 'Łódź.jpg',
      taken: '2019-07-14T10:00:00',
      camera: 'Leica M6',
      lens: 'Summicron 35mm',
      rating: '4',
    },
    { name: 'Straße.jpg', taken: '2018-03-02T10:00:00', camera: 'Canon EOS R5', caption: 'La Côte d’Azur' },
  ])
  const copenhagen = await album(owner, 'Copenhagen', [
    { name: 'Hammershøi.jpg', taken: '2009-12-31T10:00:00', tags: 'art/paintings', rating: '5' },
    { name: 'harbour.jpg', tags: 'sea', caption: 'boats and the sea' },
  ])
  return { gallery, owner, corsica, copenhagen }
}

test('a search finds words, phrases, days and what has a name, in photos and in the titles of their albums', async () => {
  const { owner } = await start()
  const expected: [text: string, names: string[]][] = [
    ['lodz', ['Łódź.jpg']],
    ['strasse', ['Straße.jpg']],
    ['hammershoi', ['Hammershøi.jpg']],
    ['ＣＯＲＳＥ ete', ['Straße.jpg', 'Łódź.jpg']],
    ['"cote d\'azur"', ['Straße.jpg']],
    ['"azur cote"', []],
    ['leica', ['Łódź.jpg']],
    ['lens:summicron', ['Łódź.jpg']],
    ['camera:summicron', []],
    ['camera:"canon eos"', ['Straße.jpg']],
    ['tag:paint', ['Hammershøi.jpg']],
    ['album:copenhagen -tag:sea', ['Hammershøi.jpg']],
    ['summer 2019', ['Łódź.jpg']],
    ['before 2010', ['Hammershøi.jpg']],
    ['2015-2018', ['Straße.jpg']],
    // The album is called so, whenever its photos were taken.
    ['2019', ['Straße.jpg', 'Łódź.jpg']],
    ['-2019', ['Hammershøi.jpg', 'harbour.jpg']],
    ['rating:>=4 -leica', ['Hammershøi.jpg']],
    ['sea boats copenhagen', ['harbour.jpg']],
    ['sea leica', []],
  ]
  for (const [text, names] of expected)
    expect((await namesOf(owner, text)).toSorted(), text).toEqual(names.toSorted())
})

test('a search follows an album that is called otherwise', async () => {
  const { owner, copenhagen } = await start()
  expect(await namesOf(owner, 'skagen')).toEqual([])
  await change(owner, [
    { kind: 'rename-albums', titles: [{ album: copenhagen, from: 'Copenhagen', to: 'Skagen' }] },
  ])
  expect(await namesOf(owner, 'skagen')).toHaveLength(2)
  expect(await namesOf(owner, 'copenhagen')).toEqual([])
})

test('words that are found nowhere are read as the nearest that are, of albums that the caller may see', async () => {
  const { gallery, owner, corsica, copenhagen } = await start()
  expect(await nearestSearch(owner, null, 'hamershoi rating:5')).toBe('hammershoi rating:5')
  expect(await nearestSearch(owner, null, 'copenhagn boatz')).toBe('copenhagen boats')
  expect(await nearestSearch(owner, null, 'harbour hammer')).toBe(null)
  expect(await nearestSearch(owner, null, '"hamershoi" -boatz tag:paintnigs')).toBe(null)
  expect(await nearestSearch(owner, corsica, 'hamershoi')).toBe(null)
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [corsica]: 'read' })
  expect(await nearestSearch(ana, null, 'hamershoi')).toBe(null)
  await expect(nearestSearch(ana, copenhagen, 'hamershoi')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await namesOf(ana, 'jpg')).toHaveLength(2)
})

test('months are counted of the albums that the caller may see, the last one first', async () => {
  const { gallery, owner, corsica } = await start()
  expect(await countMonths(owner, null)).toEqual([
    { month: '2019-07', photos: 1 },
    { month: '2018-03', photos: 1 },
    { month: '2009-12', photos: 1 },
  ])
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [corsica]: 'read' })
  expect(await countMonths(ana, null)).toHaveLength(2)
})

test('a search that takes longer than it may answers with what it has, and with all of it in the end', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  for (const title of ['A boat', 'Another boat', 'A third boat']) await albumWithPhotos(owner, title, 300)
  const answers = []
  for (let searching = true; searching;) {
    const answer = await pageOfPhotos(owner, view('boat'), 0, 10, 0)
    answers.push(answer)
    searching = answer.searching !== undefined
  }
  expect(answers.at(-1)).toMatchObject({ total: 900 })
  for (const { total, searching } of answers.slice(0, -1)) {
    expect(total).toBe(300 * (searching?.ready ?? 0))
    expect(searching?.albums).toBe(3)
  }
})
