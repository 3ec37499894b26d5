import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { setAlbumsState, type AlbumsState } from '../albums/albums-state.svelte.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import { setSessionState, type SessionState } from '../auth/session-state.svelte.ts'
import { setSettingsRoute, SettingsRoute } from '../settings/settings-route.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import MapButton from './MapButton.svelte'
import { setNavigation, type Navigation } from './navigation.svelte.ts'

const setUp = async (session: object, { total = 3, places = () => Promise.resolve({ placed: 0 }) } = {}) => {
  const [go, asked] = [vi.fn(), vi.fn(places)]
  const provide = () => {
    setAlbumsState({ total } as AlbumsState)
    setClient({ photos: { places: asked } } as unknown as Client)
    setNavigation({ map: false, one: null, go } as unknown as Navigation)
    setSessionState({ session } as SessionState)
    setSettingsRoute(new SettingsRoute())
  }
  const screen = await render(WithContexts, { props: { of: MapButton, props: {}, provide } })
  return { button: screen.getByRole('button', { name: 'Map' }), go, asked }
}

test('an account is offered the map of its photos without a question', async () => {
  const { button, go, asked } = await setUp({ account: 'ana' })
  await button.click()
  expect(go).toHaveBeenCalledExactlyOnceWith({ map: true })
  expect(asked).not.toHaveBeenCalled()
})

test('where there are no photos there is no map', async () => {
  const { button } = await setUp({ account: 'ana' }, { total: 0 })
  await expect.element(button).not.toBeInTheDocument()
})

test.each([{ guest: true }, { share: 'Wedding' }])(
  'a visitor is offered a map only where some photo has a place: %j',
  async (session) => {
    const placed = await setUp(session, { places: () => Promise.resolve({ placed: 2 }) })
    await expect.element(placed.button).toBeVisible()
  },
)

test.each([() => Promise.resolve({ placed: 0 }), () => Promise.reject(new Error('away'))])(
  'a visitor of photos whose places are hidden, or not told, is offered none',
  async (places) => {
    const { button, asked } = await setUp({ share: 'Wedding' }, { places })
    await expect.poll(() => asked.mock.calls.length).toBe(1)
    await (asked.mock.results[0]?.value as Promise<unknown>).catch(() => undefined)
    await expect.element(button).not.toBeInTheDocument()
  },
)
