import { expect, test } from 'vitest'
import { layOut } from './layout/lay-out.ts'
import { OnScreen } from './on-screen.ts'

const layout = layOut({
  wall: 'cells',
  total: 6,
  sections: [],
  size: 176,
  width: 400,
  height: 800,
  aspects: () => undefined,
})
const rows = (first: number, last: number, moving = false) => ({ first, last, moving, layout })
/** A view of six photos, of which the last has not come yet. */
const view = {
  pages: { at: (index: number) => (index < 5 ? { id: `photo${index}` } : undefined) },
} as Parameters<OnScreen['tell']>[1]

const importer = (isWorking = true) => {
  const told: string[][] = []
  return { isWorking, told, prefer: (photos: string[]) => void told.push(photos) }
}

test('the photos on screen are told once for as long as they stay the same', () => {
  const heard = importer()
  const onScreen = new OnScreen(heard)
  onScreen.tell(rows(1, 2), view)
  onScreen.tell(rows(1, 2), view)
  onScreen.tell(rows(0, 0), view)
  expect(heard.told).toEqual([
    ['photo2', 'photo3', 'photo4'],
    ['photo0', 'photo1'],
  ])
})

test('nothing is told while nothing is taken in, nor while the grid moves', () => {
  const [idle, busy] = [importer(false), importer()]
  new OnScreen(idle).tell(rows(0, 1), view)
  new OnScreen(busy).tell(rows(0, 1, true), view)
  expect([idle.told, busy.told]).toEqual([[], []])
})
