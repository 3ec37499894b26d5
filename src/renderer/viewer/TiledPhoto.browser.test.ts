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
  const [first] = tilesIn(photo, 1, zoom.part)
  const { left, width } = placeOf(first!, photo)
  const [image, next] = tiles()
  expect(Number.parseFloat(image!.style.left)).toBeCloseTo((100 * left) / photo.width)
  expect(Number.parseFloat(next!.style.left)).toBeCloseTo((100 * (left + width)) / photo.width)
})

test('a photo without tiles says so', async () => {
  const { onfail } = await show()
  await expect.poll(() => onfail.mock.calls.length).toBeGreaterThan(0)
})
