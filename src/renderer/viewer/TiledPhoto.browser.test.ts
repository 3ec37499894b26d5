import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { placeOf, tilesIn } from '../../shared/domain/tiles.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import TiledPhoto from './TiledPhoto.svelte'
import { Zoom } from './zoom.svelte.ts'

const photo = {
  id: 'Photo00001',
  album: 'owner~Abcd1234',
  digest: 'd'.repeat(43),
  width: 12_000,
  height: 8400,
} as PhotoSummary

/** A large photo on a stage of 1000 by 800 pixels of CSS, whose tiles are not there: that is another matter. */
const show = async () => {
  const zoom = Object.assign(new Zoom(() => photo), { width: 1000, height: 800 })
  zoom.toggle()
  const onfail = vi.fn()
  const { container } = await render(TiledPhoto, { photo, zoom, onfail })
  const tiles = () => [...container.querySelectorAll('img')]
  return { zoom, onfail, tiles, names: () => tiles().map((tile) => tile.src.split('/')[4]) }
}

test('only the tiles of what is on the stage are asked for, others as it moves, and coarser ones further away', async () => {
  const { zoom, names } = await show()
  const expected = () => tilesIn(photo, 1, zoom.part).map(({ column, row }) => `1-${column}-${row}`)
  expect(names().length).toBeLessThan(20)
  expect(names()).toEqual(expected())
  zoom.pan(Infinity, Infinity)
  await expect.poll(names).toEqual(expected())
  expect(names()).toContain('1-0-0')
  zoom.by(0.4)
  await expect.poll(() => names()[0]).toBe('2-0-0')
})

test('tiles lie where they belong, without room between them', async () => {
  const { zoom, tiles } = await show()
  const lefts = tilesIn(photo, 1, zoom.part).map((tile) => (100 * placeOf(tile, photo).left) / photo.width)
  const shown = tiles().map(({ style }) => Number.parseFloat(style.left))
  expect(shown.map((left) => left.toFixed(3))).toEqual(lefts.map((left) => left.toFixed(3)))
  const [first = 0, second = 0] = shown
  expect(first + Number.parseFloat(tiles()[0]?.style.width ?? '')).toBeCloseTo(second)
})

test('a photo without tiles says so', async () => {
  const { onfail } = await show()
  await expect.poll(() => onfail.mock.calls.length).toBeGreaterThan(0)
})
