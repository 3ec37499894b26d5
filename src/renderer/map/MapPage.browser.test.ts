import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { GeoPoint } from '../../shared/domain/mercator.ts'
import type { FoundTown } from '../../shared/schemas/place-name.ts'
import type { PhotoPlaces, PlaceCluster } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import type { PhotoView } from '../grid/photo-view.svelte.ts'
import { setViewState, type ViewState } from '../grid/view-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import MapPage from './MapPage.svelte'

const cluster = (
  title: string,
  [latitude, longitude]: [number, number],
  photos = 1,
  spread = 0.2,
): PlaceCluster =>
  ({
    latitude,
    longitude,
    photos,
    bounds: {
      south: latitude - spread,
      west: longitude - spread,
      north: latitude + spread,
      east: longitude + spread,
    },
    sample: {
      id: title,
      album: 'owner~Abcd1234',
      title,
      thumb: null,
      width: 300,
      height: 200,
      adjusted: null,
    },
  }) as PlaceCluster

const marseille = cluster('Port', [43.3, 5.37], 12)
const spot = cluster('Bench', [48.86, 2.35], 4, 0.000001)
const alone = cluster('Etna', [37.75, 14.99])
/** Two near the middle of the map, which stay in sight when it comes nearer. */
const middle = [cluster('Port', [43.2, 7.5], 12), cluster('Pier', [43.1, 10])]

const answer = (clusters: PlaceCluster[], more: Partial<PhotoPlaces> = {}): PhotoPlaces => ({
  clusters,
  placed: clusters.reduce((sum, { photos }) => sum + photos, 0),
  unplaced: 2,
  extent: clusters.length > 0 ? { south: 37, west: 2, north: 49, east: 15 } : null,
  whole: true,
  ...more,
})

const setUp = async (
  found: PhotoPlaces,
  charted: GeoPoint | null = null,
  findTowns: (asked: { text: string }) => Promise<FoundTown[]> = () => Promise.resolve([]),
) => {
  await page.viewport(1200, 800)
  onTestFinished(() => page.viewport(1200, 800))
  const places = vi.fn((_asked: { bounds: { west: number }; zoom: number }) => Promise.resolve(found))
  const navigation = {
    charted,
    history: { entry: {}, note: vi.fn() },
    refineInGrid: vi.fn(),
    open: vi.fn(),
    chart: vi.fn(),
  }
  const view = { pages: { query: {}, version: 0 } } as unknown as PhotoView
  const provide = () => {
    setClient({
      photos: { places, findTowns },
      gallery: { tiles: () => Promise.resolve(null) },
    } as unknown as Client)
    setNavigation(navigation as unknown as Navigation)
    setViewState({ covered: false } as unknown as ViewState)
  }
  const screen = await render(WithContexts, { props: { of: MapPage, props: { view }, provide } })
  screen.container.style.cssText = 'position: fixed; inset: 0; display: flex; flex-direction: column'
  const world = screen.getByRole('application', { name: 'Map' })
  const place = (name: string) => screen.getByRole('button', { name, exact: true })
  const left = (name: string) => place(name).element().getBoundingClientRect().left
  return { screen, places, navigation, world, place, left }
}

test('the world is drawn, and photos stand on it where they were taken, all of them in sight', async () => {
  const { screen, place, left } = await setUp(answer([marseille, spot, alone]))
  await expect.element(place('12 photos')).toBeInViewport({ ratio: 1 })
  await expect.element(place('Etna')).toBeInViewport({ ratio: 1 })
  expect(left('4 photos')).toBeLessThan(left('12 photos'))
  expect(left('12 photos')).toBeLessThan(left('Etna'))
  const canvas = screen.container.querySelector('canvas')
  await expect.poll(() => canvas?.dataset['drawn']).toBe('')
  // Marseille's hinterland is land, and south of it is the sea.
  const colour = (x: number, y: number) => [
    ...(canvas?.getContext('2d')?.getImageData(x, y, 1, 1).data ?? []),
  ]
  const { x, y } = place('12 photos').element().getBoundingClientRect()
  const ratio = window.devicePixelRatio
  await expect
    .poll(() => colour((x + 26) * ratio, (y - 40) * ratio))
    .not.toEqual(colour((x + 26) * ratio, (y + 120) * ratio))
})

test('photos that are together come nearer when they are pressed, and one alone is opened', async () => {
  const { places, navigation, place, left } = await setUp(answer([marseille, spot, alone]))
  await expect.element(place('Etna')).toBeVisible()
  const zoomOf = () => places.mock.lastCall?.[0].zoom ?? 0
  await expect.poll(zoomOf).toBeGreaterThan(3)
  const before = zoomOf()
  await place('Etna').click()
  expect(navigation.open).toHaveBeenCalledExactlyOnceWith('Etna')
  await place('12 photos').click()
  await expect.poll(() => Math.abs(left('12 photos') + 26 - 600)).toBeLessThan(2)
  await expect.poll(zoomOf).toBeGreaterThan(before + 2)
  expect(navigation.refineInGrid).not.toHaveBeenCalled()
})

test('photos of one spot are shown as a grid, and so are those in sight and those without a place', async () => {
  const { navigation, place, screen } = await setUp(answer([marseille, spot]))
  await place('4 photos').click()
  expect(navigation.refineInGrid).toHaveBeenLastCalledWith({ within: spot.bounds })
  await screen.getByRole('button', { name: 'No place: 2 photos' }).click()
  expect(navigation.refineInGrid).toHaveBeenLastCalledWith({ within: undefined, unplaced: true })
  await screen.getByRole('button', { name: 'Show these photos' }).click()
  expect(navigation.refineInGrid.mock.lastCall?.[0].within.west).toBeLessThan(2)
})

test('the place of a photo for which the map was opened lies in the middle of it', async () => {
  const { place, left } = await setUp(answer([marseille, alone]), alone)
  await expect.element(place('Etna')).toBeVisible()
  await expect.poll(() => Math.abs(left('Etna') + 22 - 600)).toBeLessThan(2)
  await expect.element(place('12 photos')).not.toBeInTheDocument()
})

test('keys, the wheel and buttons move and zoom the map, and asking is for what is seen then', async () => {
  const { screen, places, navigation, world, place, left } = await setUp(answer(middle))
  await expect.element(place('Pier')).toBeVisible()
  const start = left('Pier')
  ;(world.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.poll(() => Math.round(start - left('Pier'))).toBe(240)
  await userEvent.keyboard('0')
  await expect.poll(() => left('Pier')).toBeCloseTo(start, 1)
  const apart = () => left('Pier') - left('12 photos')
  const before = apart()
  await screen.getByRole('button', { name: 'Nearer' }).click()
  await expect.poll(() => apart() / before).toBeCloseTo(2, 1)
  await screen.getByRole('button', { name: 'Farther' }).click()
  await expect.poll(() => apart() / before).toBeCloseTo(1, 1)
  const turn = { deltaY: -200, clientX: left('Pier') + 22, clientY: 300, bubbles: true, cancelable: true }
  world.element().dispatchEvent(new WheelEvent('wheel', turn))
  await expect.poll(() => apart() / before).toBeCloseTo(2, 1)
  expect(left('Pier') + 22).toBeCloseTo(turn.clientX, 0)
  await expect.poll(() => places.mock.calls.length).toBeGreaterThan(1)
  await userEvent.keyboard('{Escape}')
  expect(navigation.chart).toHaveBeenCalledExactlyOnceWith(false)
})

test('a hand moves the map, two fingers zoom it, and neither presses the photo that it came down on', async () => {
  const { navigation, world, place, left } = await setUp(answer(middle))
  await expect.element(place('Pier')).toBeVisible()
  const stage = world.element()
  stage.setPointerCapture = () => undefined
  const point = (kind: string, pointerId: number, clientX: number, clientY: number) =>
    stage.dispatchEvent(
      new PointerEvent(kind, { pointerId, clientX, clientY, button: 0, pointerType: 'touch', bubbles: true }),
    )
  const start = left('Pier')
  point('pointerdown', 1, 500, 400)
  point('pointermove', 1, 450, 400)
  await expect.poll(() => Math.round(start - left('Pier'))).toBe(50)
  const before = left('Pier') - left('12 photos')
  point('pointerdown', 2, 550, 400)
  point('pointermove', 2, 650, 400)
  await expect.poll(() => (left('Pier') - left('12 photos')) / before).toBeCloseTo(2, 1)
  point('pointerup', 1, 450, 400)
  point('pointerup', 2, 650, 400)
  point('pointermove', 2, 700, 500)
  expect((left('Pier') - left('12 photos')) / before).toBeCloseTo(2, 1)
  expect(navigation.open).not.toHaveBeenCalled()
})

test('where no photo has a place, or there are too many to be counted, that is said, and leads back', async () => {
  const { screen, navigation } = await setUp(answer([]))
  await expect.element(screen.getByText('No photo here has a place')).toBeVisible()
  await screen.getByRole('button', { name: 'Back to the photos' }).click()
  expect(navigation.chart).toHaveBeenCalledExactlyOnceWith(false)
  const tooMany = await setUp(answer([], { whole: false }))
  await expect.element(tooMany.screen.getByText('Too many photos for a map')).toBeVisible()
})

test('a town is gone to by its name, and keys in its field move no map', async () => {
  const lyon = { name: 'Lyon', country: 'FR', latitude: 45.7578, longitude: 4.832 }
  const findTowns = vi.fn(({ text }: { text: string }) => Promise.resolve(text === 'ly0' ? [lyon] : []))
  const { screen, places } = await setUp(answer(middle), null, findTowns)
  const zoom = () => places.mock.lastCall?.[0].zoom ?? 0
  // The map has gone to where the photos are.
  await expect.poll(() => places.mock.calls.length).toBeGreaterThan(1)
  const field = screen.getByRole('combobox', { name: 'Go to a town' })
  await field.fill('ly')
  const start = zoom()
  await userEvent.keyboard('0')
  await expect.element(screen.getByRole('option', { name: 'Lyon France' })).toBeVisible()
  expect(zoom()).toBe(start)
  await userEvent.keyboard('{Enter}')
  await expect.poll(zoom).toBe(13)
  expect(places.mock.lastCall?.[0].bounds.west).toBeCloseTo(4.78, 0)
})

test('photos of a group say which town they are near; where they are far apart, the last of them does', async () => {
  const near = { name: 'Lyon', country: 'FR' }
  const { place } = await setUp(
    answer([
      { ...marseille, near },
      { ...spot, near },
    ]),
  )
  await expect.element(place('4 photos, Near Lyon, France')).toBeVisible()
  await expect.element(place('12 photos, The last near Lyon, France')).toBeVisible()
})
