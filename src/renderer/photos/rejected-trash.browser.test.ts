import { expect, test, vi } from 'vitest'
import type { PhotoFilter } from '../../shared/schemas/photo.ts'
import type { Confirmation } from '../ui/dialogs/dialogs.svelte.ts'
import { askForRejected } from './rejected-trash.ts'

const own = 'owner~Abcd1234'
const others = 'owner~Efgh5678'

/** A view with a filter, in which these photos are rejected. */
const view = (rejected: string[], filter?: PhotoFilter) => {
  const page = vi.fn(() => Promise.resolve({ total: rejected.length, photos: [] }))
  const ask = vi.fn<(question: Confirmation) => void>()
  const needs = {
    client: { photos: { page, refs: () => Promise.resolve(rejected) } },
    navigation: { query: { album: null, sort: 'taken', descending: true, ...(filter && { filter }) } },
    albumsState: {
      albums: [
        { id: own, right: 'modify' },
        { id: others, right: 'read' },
      ],
    },
    dialogs: { ask },
    notices: { attempt: (work: () => unknown) => work(), complain: vi.fn() },
    photoActions: { trash: vi.fn() },
  }
  return { ...needs, page, ask, run: () => askForRejected(needs as never) }
}

test('it asks with the number of those that may be changed, and only then moves them', async () => {
  const { ask, photoActions, page, run } = view([`${own}/a`, `${others}/b`, `${own}/c`], { camera: 'X100' })
  await run()
  expect(page).toHaveBeenCalledWith(
    expect.objectContaining({
      view: expect.objectContaining({ filter: { camera: 'X100', flag: 'reject' } }),
    }),
  )
  const question = ask.mock.calls[0]?.[0]
  expect(question?.title).toContain('2 photos')
  expect(photoActions.trash).not.toHaveBeenCalled()
  await question?.run()
  expect(photoActions.trash).toHaveBeenCalledExactlyOnceWith([`${own}/a`, `${own}/c`])
})

test('a view of picks has none that are rejected, which is said', async () => {
  const { ask, notices, page, run } = view([`${own}/a`], { flag: 'pick' })
  await run()
  expect(page).not.toHaveBeenCalled()
  expect(ask).not.toHaveBeenCalled()
  expect(notices.complain).toHaveBeenCalledOnce()
})

test('whoever may change none of them is told so, and asked nothing', async () => {
  const { ask, notices, run } = view([`${others}/b`])
  await run()
  expect(ask).not.toHaveBeenCalled()
  expect(notices.complain).toHaveBeenCalledOnce()
})
