import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { UploadSettings as Settings } from '../../shared/schemas/upload.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import UploadSettings from './UploadSettings.svelte'

/** The page on a gallery in which this was said of uploads. */
const setUp = async (said: Partial<Settings> = {}) => {
  let known: Settings = {
    ...{ pattern: null, gigabytes: 100, fixed: { pattern: false, gigabytes: false } },
    ...said,
  }
  const setSettings = vi.fn((wanted: Pick<Settings, 'pattern'> & { gigabytes: number | null }) => {
    known = { ...known, pattern: wanted.pattern, gigabytes: wanted.gigabytes ?? known.gigabytes }
    return Promise.resolve()
  })
  const client = { uploads: { settings: () => Promise.resolve(known), setSettings } } as unknown as Client
  const notices = new Notices()
  const complain = vi.spyOn(notices, 'complain')
  const provide = () => {
    setClient(client)
    setNotices(notices)
  }
  const screen = await render(WithContexts, { props: { of: UploadSettings, props: {}, provide } })
  await expect.element(screen.getByRole('button', { name: 'Save' })).toBeVisible()
  return {
    ...{ screen, setSettings, complain },
    names: screen.getByLabelText('Names'),
    quota: screen.getByLabelText('Gigabytes for each account'),
    save: screen.getByRole('button', { name: 'Save' }),
  }
}

test('names show what they make of a photo while they are typed, and are saved with how much accounts may send', async () => {
  const { screen, names, quota, save, setSettings } = await setUp()
  await names.fill('{year}/{name}')
  await expect.element(screen.getByText(new RegExp(`${new Date().getFullYear()}/`))).toBeVisible()
  await quota.fill(' 2,5 ')
  await save.click()
  await expect.element(screen.getByText(/^Saved/)).toBeVisible()
  expect(setSettings).toHaveBeenCalledExactlyOnceWith({ pattern: '{year}/{name}', gigabytes: 2.5 })
  await expect.element(quota).toHaveValue('2.5')
})

test('a pattern that names nothing, and a quota that is no number, are said and not saved', async () => {
  const { screen, names, quota, save, setSettings } = await setUp()
  await names.fill('{nonsense}')
  await expect.element(save).toBeDisabled()
  await names.fill('{name}')
  await expect.element(save).toBeEnabled()
  for (const wrong of ['', 'much', '-1', '1000001']) {
    await quota.fill(wrong)
    await expect.element(screen.getByText('A number from 0 to 1,000,000.')).toBeVisible()
    await expect.element(save).toBeDisabled()
  }
  await quota.fill('0')
  await expect.element(save).toBeEnabled()
  expect(setSettings).not.toHaveBeenCalled()
})

test('what the start of the server says cannot be changed here, and is left as it is when the rest is saved', async () => {
  const { screen, names, quota, save, setSettings } = await setUp({
    pattern: '{month}/{name}',
    fixed: { pattern: true, gigabytes: false },
  })
  await expect
    .element(screen.getByText('Names: {month}/{name}. The start of the server says so.'))
    .toBeVisible()
  await expect.element(names).not.toBeInTheDocument()
  await quota.fill('7')
  await save.click()
  await expect.poll(() => setSettings.mock.lastCall).toEqual([{ pattern: null, gigabytes: 7 }])
})

test('what the server refuses is told, and not said to be saved', async () => {
  const { screen, setSettings, save, complain } = await setUp()
  setSettings.mockRejectedValueOnce(new Error('no'))
  await save.click()
  await expect.poll(() => complain.mock.calls.length).toBe(1)
  await expect.element(screen.getByText(/^Saved/)).not.toBeInTheDocument()
})
