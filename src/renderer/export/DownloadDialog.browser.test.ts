import { afterEach, expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { Download, DownloadPart } from '../../shared/schemas/download.ts'
import { ORPCError } from '@orpc/client'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import { setSessionState, type SessionState } from '../auth/session-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import DownloadDialog from './DownloadDialog.svelte'

const photos = ['main~abcdef/0123456789', 'main~abcdef/0123456780']
const laidOut: Download = { id: 'a'.repeat(22), photos: 2, leftOut: 0, bytes: 3e6, parts: 1 }
const part = (more: Partial<DownloadPart>): DownloadPart => ({
  photos: 2,
  done: 0,
  sent: 0,
  leftOut: 0,
  state: 'waiting',
  ...more,
})

/** What the browser is told to save, instead of doing so. */
const saved = () =>
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    addresses.push(new URL(this.href).pathname)
  })
const addresses: string[] = []

afterEach(() => {
  addresses.length = 0
  vi.restoreAllMocks()
})

interface Given {
  given?: 'original' | 'preview'
  download?: Partial<Download>
  session?: object
  states: DownloadPart[][]
  /** Asked how far it is, the server says for so many times that it does not know it. */
  unknown?: number
}

/** A dialog whose server tells one state after the other, and the last one from then on. */
const openDialog = async ({
  given = 'original',
  download = {},
  session = {},
  states,
  unknown = 0,
}: Given) => {
  saved()
  const downloads = {
    prepare: vi.fn(() => Promise.resolve({ ...laidOut, ...download })),
    state: vi.fn(() => {
      const state = (states.length > 1 ? states.shift() : states[0]) ?? []
      const isUnknown = states.length === 1 && unknown-- > 0
      return isUnknown
        ? Promise.reject(new ORPCError('NOT_FOUND', { message: 'Nobody knows it.' }))
        : Promise.resolve(state)
    }),
    stop: vi.fn(() => {
      states.splice(0, states.length, [part({ state: 'stopped' })])
      return Promise.resolve()
    }),
  }
  const provide = () => {
    setClient({ downloads } as unknown as Client)
    setSessionState({ session } as unknown as SessionState)
  }
  const props = { photos, count: 2, name: 'Harbour', given, onclose: vi.fn() }
  const screen = await render(WithContexts, { props: { of: DownloadDialog, props, provide } })
  return { screen, downloads }
}

test('what is downloaded is chosen, and it is told how far that is', async () => {
  const going = part({ state: 'going', done: 1, sent: 1.5e6 })
  const { screen, downloads } = await openDialog({
    states: [[part({})], [going], [part({ state: 'whole', done: 2, sent: 3e6 })]],
  })
  await screen.getByText(/An .xmp file beside each/).click()
  await screen.getByRole('button', { name: 'Download' }).click()
  await expect.element(screen.getByText('1 of 2 photos · 1.5 MB of 3 MB')).toBeVisible()
  await expect.element(screen.getByText(/All of it has been sent/)).toBeVisible()
  expect(downloads.prepare).toHaveBeenCalledWith(
    { photos, name: 'Harbour', kind: 'originals', sidecars: true },
    expect.anything(),
  )
  expect(addresses).toEqual([`/zip/${laidOut.id}/0`])
})

test('a visitor who is given pictures of the size of a screen has nothing to choose', async () => {
  const { screen, downloads } = await openDialog({
    given: 'preview',
    session: { share: true },
    download: { bytes: null, leftOut: 1 },
    states: [[part({ state: 'whole', done: 2, sent: 1e6 })]],
  })
  await expect.element(screen.getByText('2 of 2 photos · 1 MB')).toBeVisible()
  await expect.element(screen.getByText(/1 photo is left out/)).toBeVisible()
  await expect.element(screen.getByText(/An .xmp file/)).not.toBeInTheDocument()
  expect(downloads.prepare).toHaveBeenCalledWith(
    { photos, name: 'Harbour', kind: 'screen', sidecars: false },
    expect.anything(),
  )
})

test('several files are begun one after the other, and one that broke off is saved again alone', async () => {
  const [whole, waiting] = [part({ state: 'whole', done: 2 }), part({})]
  const { screen } = await openDialog({
    download: { bytes: null, photos: 6, parts: 3 },
    states: [
      [waiting, waiting, waiting],
      [whole, waiting, waiting],
      [whole, part({ state: 'broken', done: 1 }), waiting],
    ],
  })
  await screen.getByText('Screen size').click()
  await screen.getByRole('button', { name: 'Download' }).click()
  await expect.element(screen.getByText('broke off', { exact: true })).toBeVisible()
  expect(addresses).toEqual([0, 1].map((n) => `/zip/${laidOut.id}/${n}`))
  await screen.getByRole('button', { name: 'Save' }).first().click()
  expect(addresses.at(-1)).toBe(`/zip/${laidOut.id}/1`)
})

test('a download that its server has forgotten begins anew by itself, and says so', async () => {
  const going = part({ state: 'going', done: 1, sent: 1.5e6 })
  const { screen, downloads } = await openDialog({ states: [[part({})], [going]], unknown: 3 })
  await screen.getByRole('button', { name: 'Download' }).click()
  await expect.element(screen.getByText(/It began anew/)).toBeVisible()
  await expect.element(screen.getByText(/1 of 2 photos/)).toBeVisible()
  expect(downloads.prepare).toHaveBeenCalledTimes(2)
  expect(addresses).toEqual([0, 0].map((n) => `/zip/${laidOut.id}/${n}`))
})

test('one that no server keeps begins anew twice, and then says that it is not known', async () => {
  const { screen, downloads } = await openDialog({ states: [[part({})]], unknown: Infinity })
  await screen.getByRole('button', { name: 'Download' }).click()
  await expect.element(screen.getByText('Nobody knows it.'), { timeout: 15_000 }).toBeVisible()
  expect(downloads.prepare).toHaveBeenCalledTimes(3)
})

test('it can be stopped; what broke off says how it goes on', async () => {
  const going = part({ state: 'going', done: 1, sent: 1.5e6 })
  const { screen, downloads } = await openDialog({ states: [[part({})], [going]] })
  await screen.getByRole('button', { name: 'Download' }).click()
  await expect.element(screen.getByText(/1 of 2 photos/)).toBeVisible()
  await screen.getByRole('button', { name: 'Stop' }).click()
  await expect.element(screen.getByText(/Resume it in your browser/)).toBeVisible()
  expect(downloads.stop).toHaveBeenCalledOnce()
})
