import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { CatalogueProgress, CatalogueResult } from '../../shared/schemas/catalogue.ts'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import { setSessionState, type SessionState } from '../auth/session-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import CatalogueDialog from './CatalogueDialog.svelte'

test('what another program knows is asked for by its place, and what came of it is told, with some that are not here', async () => {
  const importCatalogue = vi.fn(async function* (): AsyncGenerator<CatalogueProgress, CatalogueResult> {
    yield await Promise.resolve({ done: 0, found: 3 })
    const counts = { found: 3, matched: 2, changed: 5, collections: 1 }
    return { program: 'lightroom', ...counts, absent: ['D:/Photos/gone.jpg'] }
  })
  const provide = () => {
    setClient({ library: { importCatalogue } } as unknown as Client)
    setSessionState({ session: { shell: 'browser' } } as unknown as SessionState)
    setNotices(new Notices())
  }
  const screen = await render(WithContexts, {
    props: { of: CatalogueDialog, props: { onclose: vi.fn() }, provide },
  })
  const start = screen.getByRole('button', { name: 'Take over' })
  await expect.element(start).toBeDisabled()
  await userEvent.fill(screen.getByLabelText('Catalogue or folder'), '/home/ana/Own.lrcat')
  await screen.getByText('The photos lie elsewhere now').click()
  await userEvent.fill(screen.getByLabelText('Folder in the other program'), 'D:\\Photos')
  await expect.element(start).toBeDisabled()
  await userEvent.fill(screen.getByLabelText('The same folder here'), '/home/ana/Photos')
  await start.click()
  await expect.element(screen.getByText(/Lightroom knows 3 photos, of which 2 are here/)).toBeVisible()
  await screen.getByText('Some that are not here').click()
  await expect.element(screen.getByText('D:/Photos/gone.jpg')).toBeVisible()
  const [[options]] = importCatalogue.mock.calls as unknown as [[object]]
  expect(options).toEqual({ source: '/home/ana/Own.lrcat', from: 'D:\\Photos', to: '/home/ana/Photos' })
})
