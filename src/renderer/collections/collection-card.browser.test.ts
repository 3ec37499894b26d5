import { expect, test, vi } from 'vitest'
import type { Collection } from '../../shared/schemas/collection.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'
import { CollectionCard } from './collection-card.svelte.ts'

const [chosen, first] = ['aaaaaaaaaa', 'bbbbbbbbbb'].map((id) => ({ id }) as PhotoSummary)

const setUp = (show: () => Promise<unknown>) => {
  const page = vi.fn(() => Promise.resolve({ total: 1, photos: [first] }))
  const client = { photos: { show, page } } as unknown as Client
  return { page, card: new CollectionCard(client) }
}

const collection = (own: Partial<Collection>): Collection => ({
  ...{ id: 'owner~-Abcd1234', title: 'Prints', photos: 3, smart: false, search: null },
  ...{ public: false, description: '', cover: null, right: 'read', removable: false },
  ...own,
})

test('the photo that was chosen stands for a collection, and it is asked for once', async () => {
  const show = vi.fn(() => Promise.resolve(chosen))
  const { page, card } = setUp(show)
  const described = collection({ cover: 'owner~Abcd1234/aaaaaaaaaa' })
  await card.read(described)
  await card.read({ ...described })
  expect(card.cover).toEqual(chosen)
  expect(show).toHaveBeenCalledExactlyOnceWith({ album: 'owner~Abcd1234', photo: 'aaaaaaaaaa' })
  expect(page).not.toHaveBeenCalled()
})

test('without one it is the first by hand, or the best that a smart album finds', async () => {
  const { page, card } = setUp(() => Promise.reject(new Error('gone')))
  await card.read(collection({ cover: 'owner~Abcd1234/aaaaaaaaaa' }))
  expect(card.cover).toEqual(first)
  await card.read(collection({ smart: true, search: { album: null, filter: { rating: 3 } } }))
  const views = page.mock.calls as unknown as [{ view: { sort: string; descending: boolean } }][]
  expect(views.map(([{ view }]) => [view.sort, view.descending])).toEqual([
    ['manual', false],
    ['rating', true],
  ])
})
