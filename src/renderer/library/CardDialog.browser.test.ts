import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { CardProgress, CardResult } from '../../shared/schemas/card.ts'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import { setSessionState, type SessionState } from '../auth/session-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import CardDialog from './CardDialog.svelte'

type Steps = AsyncGenerator<CardProgress, CardResult>

const openDialog = async (run: (signal: AbortSignal) => Steps) => {
  const importCard = vi.fn((_: object, { signal }: { signal: AbortSignal }) => Promise.resolve(run(signal)))
  const provide = () => {
    setClient({ library: { importCard } } as unknown as Client)
    setSessionState({ session: { shell: 'browser' } } as unknown as SessionState)
    setNotices(new Notices())
  }
  const screen = await render(WithContexts, {
    props: { of: CardDialog, props: { onclose: vi.fn() }, provide },
  })
  await userEvent.fill(screen.getByLabelText('Card or folder'), '/media/card')
  await userEvent.fill(screen.getByLabelText('Copy to'), '/home/ana/Pictures')
  return { screen, importCard }
}

const progress = { done: 1, found: 3, bytes: 5e6, totalBytes: 15e6 }

test('what is copied is told with its counts, and what could not be copied with its reason', async () => {
  const { screen, importCard } = await openDialog(async function* (): Steps {
    yield await Promise.resolve(progress)
    const failed = [{ path: '/media/card/a.jpg', reason: 'the card is failing' }]
    return { found: 3, copied: 1, skipped: 1, failed }
  })
  await screen.getByRole('button', { name: 'Copy' }).click()
  await expect.element(screen.getByText(/1 photo copied, 1 there already/)).toBeVisible()
  await expect.element(screen.getByText('/media/card/a.jpg: the card is failing')).toBeVisible()
  expect(importCard.mock.calls[0]?.[0]).toEqual({
    source: '/media/card',
    target: '/home/ana/Pictures',
    pattern: '{year}/{year}-{month}-{day}/{name}',
  })
})

test('it can be stopped, and says that what was copied stays', async () => {
  const { screen } = await openDialog(async function* (signal): Steps {
    yield progress
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    throw new Error('never')
  })
  await screen.getByRole('button', { name: 'Copy' }).click()
  await expect.element(screen.getByText(/1 of 3 photos/)).toBeVisible()
  await screen.getByRole('button', { name: 'Stop' }).click()
  await expect.element(screen.getByText(/What was copied is whole/)).toBeVisible()
})

test('a pattern shows what it makes of a photo, and one that is none cannot be used', async () => {
  const { screen } = await openDialog(() => {
    throw new Error('never')
  })
  const pattern = screen.getByLabelText('Folders and names')
  await userEvent.clear(pattern)
  await userEvent.fill(pattern, 'Trip/{name}')
  await expect.element(screen.getByText('A photo of today becomes Trip/IMG_1234.JPG')).toBeVisible()
  await userEvent.fill(pattern, '{nam}')
  await expect.element(screen.getByRole('button', { name: 'Copy' })).toBeDisabled()
})
