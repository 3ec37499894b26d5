import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import PhotoCell from './PhotoCell.svelte'

const photo = (more: Partial<PhotoSummary> = {}): PhotoSummary =>
  ({
    id: 'photo00001',
    album: 'owner~Abcd1234',
    title: 'Harbour',
    takenAt: '2024-05-31T10:00:00+02:00',
    width: 6000,
    height: 4000,
    thumb: null,
    placeholder: null,
    missing: false,
    rating: 0,
    flag: null,
    label: null,
    ...more,
  }) as PhotoSummary

const show = (own: PhotoSummary | undefined, more: { cut?: boolean; crops?: boolean } = {}) =>
  render(PhotoCell, {
    photo: own,
    room: { width: 200, height: 200 },
    look: { mat: 6, caption: 20, crops: more.crops === true },
    selected: false,
    current: true,
    cut: false,
    draggable: true,
    seen: true,
    ...more,
  })

const picture = () => document.querySelector<HTMLElement>('.picture')
const boxOf = (element: HTMLElement | null) => element && [element.offsetWidth, element.offsetHeight]

test.each<[width: number, height: number, box: [number, number]]>([
  [6000, 4000, [200, 133]],
  [3000, 6000, [100, 200]],
  [80, 40, [80, 40]],
])(
  'a picture of %i × %i is contained in its square, never cropped nor blown up',
  async (width, height, box) => {
    await show(photo({ width, height }))
    expect(boxOf(picture())).toEqual(box)
  },
)

test('what is loading has its place already, in the shape of most photos', async () => {
  await show(undefined)
  expect(boxOf(picture())).toEqual([200, 132])
})

test('what was cut, or is rejected, is faint', async () => {
  const screen = await show(photo(), { cut: true })
  const faint = () => Number(getComputedStyle(picture() ?? document.body).opacity) < 1
  expect(faint()).toBe(true)
  await screen.rerender({ cut: false })
  expect(faint()).toBe(false)
  await screen.rerender({ photo: photo({ flag: 'reject' }) })
  expect(faint()).toBe(true)
})

test('a missing file is seen and heard of', async () => {
  const screen = await show(photo({ missing: true }))
  await expect.element(screen.getByText('Original missing')).toBeVisible()
})

test('the picture of a photo that is adjusted has the shape that it is shown in', async () => {
  const adjusted = { by: 'r90', width: 6000, height: 4000 }
  await show(photo({ width: 4000, height: 6000, adjusted }))
  expect(boxOf(picture())).toEqual([133, 200])
})

test('where name and date have no room side by side, the name stays whole', async () => {
  const screen = await show(photo({ title: 'Harbour in the fog', rating: 5 }))
  const cell = document.querySelector<HTMLElement>('.cell')
  if (cell) cell.style.width = '235px'
  const title = screen.getByText('Harbour in the fog').element().closest('.title') as HTMLElement
  const date = screen.getByText('May 31, 2024').element() as HTMLElement
  expect(title.scrollWidth).toBe(title.clientWidth)
  expect(date.offsetTop).toBeGreaterThan(title.offsetTop)
  await screen.rerender({ photo: photo({ title: 'Pier' }) })
  expect(date.offsetTop).toBe(title.offsetTop)
})
