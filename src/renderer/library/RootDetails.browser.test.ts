import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import { setLibraryState, type LibraryState } from './library-state.svelte.ts'
import RootDetails from './RootDetails.svelte'
import type { RootRow } from './root-rows.ts'

const row: RootRow = {
  ...{ folder: '/photos', files: 2, paths: ['/photos/a.jpg', '/photos/b.jpg'], album: 'Best' },
  ...{ online: true, watched: true, away: [], passed: [], sidecars: true, nameDates: false, uploads: false },
}

test('what is chosen for a row is chosen for each of its roots, and read again', async () => {
  const [setNameDates, setSidecars, readRoots] = [vi.fn(), vi.fn(), vi.fn()]
  const provide = () => {
    setClient({ library: { setNameDates, setSidecars } } as unknown as Client)
    setLibraryState({ readRoots } as unknown as LibraryState)
    setNotices(new Notices())
  }
  const screen = await render(WithContexts, { props: { of: RootDetails, props: { row }, provide } })
  await expect.element(screen.getByLabelText('Write sidecars')).toBeChecked()
  await expect.element(screen.getByLabelText('Take dates from file names')).not.toBeChecked()
  await screen.getByLabelText('Take dates from file names').click()
  await expect.poll(() => readRoots.mock.calls.length).toBe(1)
  expect(setNameDates.mock.calls).toEqual(row.paths.map((path) => [{ path, use: true }]))
  await screen.getByLabelText('Write sidecars').click()
  await expect.poll(() => setSidecars.mock.calls).toEqual(row.paths.map((path) => [{ path, write: false }]))
})
