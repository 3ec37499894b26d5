import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { GalleryError } from '../../../shared/errors.ts'
import { ImportQueue } from './import-queue.ts'
import { Progress } from './progress.ts'
import type { Outcome, Taken, Turn } from '../taken.ts'
import type { FoundFile } from '../roots/walk.ts'

afterEach(() => vi.useRealTimers())

interface Taking {
  file: FoundFile
  turn: Turn
  end: (taken: Taken) => Promise<void>
  fail: (error: Error) => Promise<void>
}

/** A queue whose files are taken in when they are told to. */
const heldQueue = ({ together = 2, looking = Promise.resolve() } = {}) => {
  const takings: Taking[] = []
  const looked: string[][] = []
  const progress = new Progress()
  const queue = new ImportQueue({
    takeIn: {
      compare: ({ path }) => {
        if (path.startsWith('outdated')) return 'outdated'
        return path === 'old' ? 'unchanged' : path === 'broken' ? 'failed' : 'new'
      },
      look: (files) => {
        looked.push(files.map(({ path }) => path))
        return looking
      },
      take: (file, turnOfFile) =>
        new Promise((resolve, reject) => {
          const then = async (settle: () => void) => {
            settle()
            await turn()
          }
          takings.push({
            file,
            turn: turnOfFile,
            end: (taken) => then(() => resolve(taken)),
            fail: (error) => then(() => reject(error)),
          })
        }),
      flush: () => Promise.resolve(),
    },
    lostThumbs: { among: () => Promise.resolve([]), redraw: () => Promise.resolve() },
    progress,
    together,
  })
  const taking = (n: number) => {
    const found = takings[n]
    if (!found) throw new Error(`There are ${takings.length} takings.`)
    return found
  }
  const begun = () => takings.map(({ file }) => `${file.path} ${file.size}`)
  return { queue, progress, taking, looked, begun }
}

const file = (path: string, size = 1): FoundFile => ({ path, size, mtime: 1 })

test('files that are known are counted, and those that are unchanged are handed back', () => {
  const { queue, progress, begun } = heldQueue()
  const unchanged = queue.offer([file('old'), file('broken'), file('a')])
  expect(unchanged).toEqual([file('old')])
  expect(begun()).toEqual(['a 1'])
  expect(progress.status()).toMatchObject({ found: 3, done: 2, unchanged: 1, failed: 1, state: 'working' })
})

test('a file that changes while it is taken in has another turn, as what it was last', async () => {
  const { queue, taking, begun } = heldQueue()
  queue.offer([file('a')])
  queue.offer([file('a', 2)])
  queue.offer([file('a', 3)])
  await taking(0).end('added')
  expect(begun()).toEqual(['a 1', 'a 3'])
})

test('a file that is offered again as it is has no other turn', async () => {
  const { queue, progress, taking, begun } = heldQueue()
  queue.offer([file('a')])
  queue.offer([file('a', 2)])
  queue.offer([file('a')])
  await taking(0).end('added')
  expect(begun()).toEqual(['a 1'])
  expect(progress.status()).toMatchObject({ found: 1, added: 1, state: 'idle' })
})

test('a photo that waits for its batch makes room for others, and counts once it is written', async () => {
  const { queue, progress, taking, begun } = heldQueue({ together: 1 })
  let write: (outcome: Outcome) => void = () => undefined
  const written = new Promise<Outcome>((resolve) => (write = resolve))
  queue.offer([file('a'), file('b')])
  expect(taking(0).turn.urgent()).toBe(false)
  await taking(0).end({ written })
  expect(begun()).toEqual(['a 1', 'b 1'])
  expect(taking(1).turn.urgent()).toBe(true)
  await taking(1).end('unchanged')
  let isDrained = false
  const drained = queue.drained().then(() => (isDrained = true))
  await turn()
  expect([isDrained, progress.status().done]).toEqual([false, 1])
  write('added')
  await drained
  expect(progress.status()).toMatchObject({ found: 2, done: 2, added: 1, state: 'idle' })
})

test('a file that is being written is read again, and the sixth time for the last time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { queue, progress, taking } = heldQueue()
  queue.offer([file('a')])
  for (let n = 0; n < 5; n++) {
    expect(taking(n).turn.lastTry).toBe(false)
    await taking(n).end('growing')
    await vi.runAllTimersAsync()
  }
  expect(taking(5).turn.lastTry).toBe(true)
  await taking(5).end('failed')
  expect(progress.status()).toMatchObject({ found: 1, failed: 1, state: 'idle' })
})

test('cancelling drops what waits, and what is being written has no other turn', async () => {
  const { queue, progress, taking, begun } = heldQueue({ together: 1 })
  queue.offer([file('a'), file('b'), file('c')])
  queue.cancel()
  await taking(0).end('growing')
  await queue.drained()
  expect(begun()).toEqual(['a 1'])
  expect(progress.status()).toMatchObject({ found: 0, done: 0, state: 'idle' })
})

test('what is not the fault of files fails each of them, and is said once', async () => {
  const { queue, progress, taking } = heldQueue()
  queue.offer([file('a'), file('b')])
  const error = new GalleryError('NOT_FOUND', 'noOriginal')
  await taking(0).fail(error)
  await taking(1).end({ written: Promise.resolve({ error }) })
  const { failed, problems } = progress.status()
  expect([failed, problems]).toEqual([2, [{ path: 'a', reason: error.message, text: error.text }]])
})

test('known files of which more is read now come when nothing else is to be done, a few at a time', async () => {
  const { queue, progress, taking, begun } = heldQueue({ together: 1 })
  queue.scanBegins()
  const outdated = [1, 2, 3, 4].map((n) => file(`outdated ${n}`))
  expect(queue.offer(outdated)).toEqual(outdated)
  queue.offer([file('outdated 2'), file('a')])
  await taking(0).end('unchanged')
  await queue.drained()
  expect(begun()).toEqual(['a 1'])
  queue.scanEnds()
  queue.offer([file('b')])
  for (let n = 1; n <= 5; n++) await taking(n).end(n === 1 ? 'changed' : 'unchanged')
  expect(begun()).toEqual(
    ['a', 'outdated 1', 'outdated 2', 'b', 'outdated 3', 'outdated 4'].map((path) => `${path} 1`),
  )
  expect(progress.status()).toMatchObject({ found: 6, done: 6, changed: 1, state: 'idle' })
})

test('known files that wait to be read again are given up with the rest', async () => {
  const { queue, progress, begun } = heldQueue()
  queue.scanBegins()
  queue.offer([file('outdated 1'), file('outdated 2')])
  queue.cancel()
  queue.scanEnds()
  await turn()
  expect(begun()).toEqual([])
  expect(progress.status()).toMatchObject({ found: 0, done: 0, state: 'idle' })
})

const photoFiles = (count: number) => Array.from({ length: count }, (_, n) => file(`${n}.jpg`, 2_000_000))

test('where files would have to wait, first looks at all of them come before their turns', async () => {
  const { promise: looking, resolve } = Promise.withResolvers<undefined>()
  const { queue, progress, begun, looked } = heldQueue({ looking })
  queue.offer([...photoFiles(30), file('small.jpg', 1000)])
  expect(looked.flat()).toHaveLength(30)
  expect(begun()).toEqual([])
  resolve(undefined)
  await turn()
  expect(begun()).toHaveLength(2)
  expect(progress.status()).toMatchObject({ found: 31, done: 0 })
})

test('what somebody looks at is read before what was found before it', async () => {
  const { queue, taking, begun } = heldQueue()
  queue.offer(photoFiles(30))
  await turn()
  expect(begun()).toHaveLength(2)
  queue.prefer(new Set(['27.jpg', '29.jpg', 'elsewhere.jpg']))
  for (const n of [0, 1]) await taking(n).end('added')
  expect(begun().slice(2)).toEqual(['27.jpg 2000000', '29.jpg 2000000'])
})

test('files whose turns come at once are not looked at first', () => {
  const { queue, begun, looked } = heldQueue()
  queue.offer(photoFiles(2))
  expect([looked, begun().length]).toEqual([[], 2])
})

test('files that are looked at when all is cancelled have no turns', async () => {
  const { promise: looking, resolve } = Promise.withResolvers<undefined>()
  const { queue, progress, begun } = heldQueue({ looking })
  queue.offer(photoFiles(100))
  queue.cancel()
  resolve(undefined)
  await turn()
  expect(begun()).toEqual([])
  expect(progress.status()).toMatchObject({ found: 0, done: 0, state: 'idle' })
})
