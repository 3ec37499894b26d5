import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import SharpPicture from './SharpPicture.svelte'

const photo = (id: string, more: Partial<PhotoSummary> = {}) =>
  ({
    id,
    album: 'owner~Abcd1234',
    digest: 'd'.repeat(43),
    width: 6000,
    height: 4000,
    ...more,
  }) as PhotoSummary

/** Of so many pixels of the screen, whatever that has for each CSS pixel. */
const box = (pixels: number) => {
  const width = Math.round(pixels / devicePixelRatio)
  return { width, height: Math.round(width / 1.5) }
}

/** The previews of a photo that were asked for. None is there: that is another matter. */
const askedOf = (id: string) =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ search }) => search.endsWith(`/${id}`))
    .map(({ pathname }) => pathname.split('/').slice(1, 3).join(' '))

test.each<[pixels: number, asked: string]>([
  [500, 'preview 640'],
  [1000, 'preview 1280'],
  [2000, 'preview 2560'],
])(
  'a cell of %i pixels asks for the preview that is sharp in it, and for no other',
  async (pixels, asked) => {
    const id = `Sharp${pixels}`
    await render(SharpPicture, { photo: photo(id), box: box(pixels), ready: true })
    await expect.poll(() => askedOf(id)).toEqual([asked])
  },
)

test('a cell that shows a part of a photo needs a preview for all of it', async () => {
  const { width } = box(500)
  await render(SharpPicture, { photo: photo('Part'), box: { width, height: width }, ready: true })
  await expect.poll(() => askedOf('Part')).toEqual(['preview 1280'])
})

test.each<[why: string, id: string, more: Partial<PhotoSummary>, pixels: number, ready: boolean]>([
  ['its thumbnail has pixels enough', 'Enough', {}, 320, true],
  ['its thumbnail is not there yet', 'Early', {}, 900, false],
  ['it is a film', 'Film', { video: true }, 900, true],
  ['it is as small as its thumbnail', 'Small', { width: 300, height: 200 }, 900, true],
])('a cell asks for no preview where %s', async (_, id, more, pixels, ready) => {
  await render(SharpPicture, { photo: photo(id, more), box: box(pixels), ready })
  // One that does ask, after it, is the sign that it would have asked by now.
  const after = `After${id}`
  await render(SharpPicture, { photo: photo(after), box: box(500), ready: true })
  await expect.poll(() => askedOf(after)).toHaveLength(1)
  expect(askedOf(id)).toEqual([])
})
