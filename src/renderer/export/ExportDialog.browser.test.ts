import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { ExportProgress, ExportResult } from '../../shared/schemas/export.ts'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import { setSessionState, type SessionState } from '../auth/session-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import ExportDialog from './ExportDialog.svelte'

type Steps = AsyncGenerator<ExportProgress, ExportResult>

const photos = ['main~abcdef/0123456789']

const openDialog = async (run: (signal: AbortSignal) => Steps) => {
  const exportPhotos = vi.fn((_: object, { signal }: { signal: AbortSignal }) => Promise.resolve(run(signal)))
  const provide = () => {
    setClient({ library: { exportPhotos } } as unknown as Client)
    setSessionState({ session: { shell: 'browser' } } as unknown as SessionState)
    setNotices(new Notices())
  }
  const screen = await render(WithContexts, {
    props: { of: ExportDialog, props: { photos, count: 1, onclose: vi.fn() }, provide },
  })
  return { screen, exportPhotos }
}

const nothing = { found: 1, exported: 0, skipped: 0, elsewhere: 0, failed: [] }

const never = (): Steps => {
  throw new Error('never')
}

test('originals are asked for as they are; what became of each photo is told', async () => {
  const { screen, exportPhotos } = await openDialog(async function* (): Steps {
    yield await Promise.resolve({ done: 1, found: 4, bytes: 5e6 })
    const failed = [{ path: '/photos/a.jpg', reason: 'the disk is failing' }]
    return { found: 4, exported: 1, skipped: 1, elsewhere: 1, failed }
  })
  const start = screen.getByRole('button', { name: 'Export' })
  await expect.element(start).toBeDisabled()
  await expect.element(screen.getByLabelText('To the folder')).toHaveFocus()
  await userEvent.fill(screen.getByLabelText('To the folder'), '/media/stick')
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByText('1 photo exported, 1 there already.')).toBeVisible()
  await expect.element(screen.getByText(/1 photo was left out/)).toBeVisible()
  await expect.element(screen.getByText('/photos/a.jpg: the disk is failing')).toBeVisible()
  expect(exportPhotos.mock.calls[0]?.[0]).toEqual({
    photos,
    target: '/media/stick',
    pattern: '{name}',
    skip: true,
    sidecars: false,
  })
})

test('pictures are made in the way that was chosen', async () => {
  const { screen, exportPhotos } = await openDialog(async function* (): Steps {
    yield await Promise.resolve({ done: 0, found: 1, bytes: 0 })
    return { ...nothing, exported: 1 }
  })
  await userEvent.fill(screen.getByLabelText('To the folder'), '/media/stick')
  await screen.getByText('Pictures').click()
  await userEvent.selectOptions(screen.getByLabelText('Format'), 'WebP')
  await userEvent.fill(screen.getByLabelText('Longest side in pixels'), '2048')
  await userEvent.fill(screen.getByLabelText('Quality'), '70')
  await userEvent.selectOptions(screen.getByLabelText('Metadata'), 'Without the place')
  await userEvent.fill(screen.getByLabelText('Watermark'), ' © Ana ')
  await expect.element(screen.getByText(/becomes IMG_1234.webp/)).toBeVisible()
  await screen.getByRole('button', { name: 'Export' }).click()
  await expect.element(screen.getByText('1 photo exported, 0 there already.')).toBeVisible()
  expect(exportPhotos.mock.calls[0]?.[0]).toMatchObject({
    convert: {
      format: 'webp',
      size: 2048,
      quality: 70,
      colour: 'srgb',
      strip: 'place',
      sharpen: false,
      watermark: '© Ana',
    },
  })
})

test('what cannot be is said at its field, and cannot be started', async () => {
  const { screen } = await openDialog(never)
  await userEvent.fill(screen.getByLabelText('To the folder'), '/media/stick')
  const start = screen.getByRole('button', { name: 'Export' })
  await expect.element(start).toBeEnabled()
  await userEvent.fill(screen.getByLabelText('Names'), '{nam}')
  await expect.element(start).toBeDisabled()
  await userEvent.fill(screen.getByLabelText('Names'), '{name}')
  await screen.getByText('Pictures').click()
  await userEvent.fill(screen.getByLabelText('Quality'), '101')
  await expect.element(screen.getByText('A whole number from 1 to 100.')).toBeVisible()
  await expect.element(start).toBeDisabled()
  await userEvent.selectOptions(screen.getByLabelText('Format'), 'PNG')
  await expect.element(screen.getByLabelText('Quality')).not.toBeInTheDocument()
  await expect.element(start).toBeEnabled()
})

test('it can be stopped, and says that what has its name is whole', async () => {
  const { screen } = await openDialog(async function* (signal): Steps {
    yield { done: 1, found: 3, bytes: 5e6 }
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    throw new Error('never')
  })
  await userEvent.fill(screen.getByLabelText('To the folder'), '/media/stick')
  await screen.getByRole('button', { name: 'Export' }).click()
  await expect.element(screen.getByText(/1 of 3 photos/)).toBeVisible()
  await screen.getByRole('button', { name: 'Stop' }).click()
  await expect.element(screen.getByText(/What has its name is whole/)).toBeVisible()
})
