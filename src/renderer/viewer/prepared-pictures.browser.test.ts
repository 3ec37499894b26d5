import { expect, onTestFinished, test, vi } from 'vitest'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { PreviewSize } from '../../shared/domain/preview-sizes.ts'
import type { LoadedPreview } from './load-preview.ts'
import { PreparedPictures } from './prepared-pictures.svelte.ts'

const photo = (id: string) =>
  ({ id, album: 'owner~Abcd1234', digest: `content of ${id}`, width: 6000, height: 4000 }) as PhotoSummary

/** Pictures whose previews come when they are told to, on a line of so many bytes a millisecond. */
const started = ({ speed = Infinity } = {}) => {
  const asked: string[] = []
  const cancelled: string[] = []
  const dropped: string[] = []
  const ways = new Map<string, { come: () => void; fail: () => void }>()
  const load = ({ id }: PhotoSummary, size: PreviewSize, urgency: string, signal: AbortSignal) =>
    new Promise<LoadedPreview>((resolve, reject) => {
      asked.push(`${id} ${size} ${urgency}`)
      const come = () => resolve({ size, image: new Image(), opaque: true, drop: () => dropped.push(id) })
      ways.set(id, { come, fail: () => reject(new Error('404')) })
      signal.addEventListener('abort', () => {
        cancelled.push(id)
        reject(new DOMException('gone', 'AbortError'))
      })
    })
  const pictures = new PreparedPictures(load, { expect: (bytes) => bytes / speed })
  onTestFinished(() => pictures.close())
  const want = (id: string, size: PreviewSize = 2560) => ({ photo: photo(id), size })
  const isAsked = (what: string) => expect.poll(() => asked).toContain(what)
  return { pictures, asked, cancelled, dropped, ways, want, isAsked }
}

test('the photo on screen is asked for first, then one after the other those that may be next', async () => {
  const { pictures, asked, ways, want, isAsked } = started()
  pictures.show(want('b'))
  pictures.prepare([want('c'), want('d'), want('a')])
  await isAsked('b 2560 screen')
  expect(asked).toHaveLength(1)
  for (const [come, next] of [
    ['b', 'c'],
    ['c', 'd'],
    ['d', 'a'],
  ] as const) {
    ways.get(come)?.come()
    await isAsked(`${next} 2560 ahead`)
  }
  expect(pictures.of(photo('b'))?.size).toBe(2560)
  expect(asked).toHaveLength(4)
})

test('a prepared photo is there at once when it comes on screen, and what was left behind is cancelled', async () => {
  const { pictures, cancelled, ways, want, isAsked } = started()
  const leave = pictures.show(want('a'))
  pictures.prepare([want('b'), want('c')])
  await isAsked('a 2560 screen')
  ways.get('a')?.come()
  await isAsked('b 2560 ahead')
  ways.get('b')?.come()
  await isAsked('c 2560 ahead')
  leave()
  pictures.show(want('b'))
  expect(pictures.of(photo('b'))).toBeDefined()
  pictures.prepare([want('d'), want('a')])
  await expect.poll(() => cancelled).toEqual(['c'])
  await isAsked('d 2560 ahead')
})

test('while a hand leafs on without rest, no preview is asked for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { pictures, asked, ways, want } = started()
  let leave = pictures.show(want('first'))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['first 2560 screen'])
  for (let n = 0; n < 10; n++) {
    await vi.advanceTimersByTimeAsync(33)
    leave()
    leave = pictures.show(want(`photo ${n}`))
    if (n === 3) ways.get('first')?.come() // what comes meanwhile is no rest
  }
  await vi.advanceTimersByTimeAsync(79)
  expect(asked).toEqual(['first 2560 screen'])
  await vi.advanceTimersByTimeAsync(1)
  expect(asked).toEqual(['first 2560 screen', 'photo 9 2560 screen'])
  leave()
  await vi.advanceTimersByTimeAsync(500)
  pictures.show(want('after a pause'))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.at(-1)).toBe('after a pause 2560 screen')
})

test('on a slow line a smaller preview comes before the sharp one', async () => {
  const { pictures, asked, ways, want, isAsked } = started({ speed: 1000 })
  pictures.show(want('a'))
  await isAsked('a 1280 screen')
  ways.get('a')?.come()
  await isAsked('a 2560 screen')
  expect(pictures.of(photo('a'))?.size).toBe(1280)
  ways.get('a')?.come()
  await expect.poll(() => pictures.of(photo('a'))?.size).toBe(2560)
  expect(asked).toHaveLength(2)
})

test('only a few pictures are kept', async () => {
  const { pictures, dropped, ways, want, isAsked } = started()
  for (let n = 0; n < 8; n++) {
    const leave = pictures.show(want(`photo ${n}`))
    await isAsked(`photo ${n} 2560 screen`)
    ways.get(`photo ${n}`)?.come()
    await expect.poll(() => pictures.of(photo(`photo ${n}`))).toBeDefined()
    leave()
  }
  pictures.show(want('photo 7'))
  await expect.poll(() => dropped).toEqual([0, 1, 2, 3, 4].map((n) => `photo ${n}`))
  expect(pictures.of(photo('photo 6'))).toBeDefined()
})

test('a photo without a preview is said to have none, and is asked for again when it is come back to', async () => {
  const { pictures, asked, ways, want, isAsked } = started()
  const leave = pictures.show(want('a'))
  await isAsked('a 2560 screen')
  ways.get('a')?.fail()
  await expect.poll(() => pictures.failed(photo('a'))).toBe(true)
  leave()
  const leaveOther = pictures.show(want('b'))
  await isAsked('b 2560 screen')
  expect(asked).toHaveLength(2)
  leaveOther()
  pictures.show(want('a'))
  await expect.poll(() => asked).toHaveLength(3)
})
