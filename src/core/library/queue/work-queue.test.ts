import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { WorkQueue } from './work-queue.ts'

/** A queue whose pieces of work end when they are told to. */
const heldQueue = (together: number) => {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const queue = new WorkQueue<string>(together, (item) => {
    begun.push(item)
    return new Promise((resolve) => ends.set(item, resolve))
  })
  const end = async (item: string) => {
    ends.get(item)?.()
    await turn()
  }
  return { queue, begun, end }
}

test('a few pieces run at a time, in their order, and what may wait comes when nothing else does', async () => {
  const { queue, begun, end } = heldQueue(2)
  queue.add('last', { last: true })
  for (const item of ['a', 'b', 'c']) queue.add(item)
  expect(begun).toEqual(['last', 'a'])
  queue.add('later', { last: true })
  await end('a')
  await end('b')
  expect(begun).toEqual(['last', 'a', 'b', 'c'])
  await end('c')
  expect(begun.at(-1)).toBe('later')
  expect(queue.size).toBe(2)
})

test('nothing begins while it is paused, and what had not begun can be given up', async () => {
  const { queue, begun, end } = heldQueue(1)
  queue.add('a')
  queue.pause(true)
  queue.add('b')
  queue.addLater('c', 60_000)
  await end('a')
  expect(begun).toEqual(['a'])
  expect(queue.clear()).toEqual(['b', 'c'])
  expect(queue.size).toBe(0)
  queue.pause(false)
  queue.add('d')
  expect(begun).toEqual(['a', 'd'])
})

test('it is idle once the last piece has ended, be there thousands', async () => {
  let done = 0
  const queue = new WorkQueue<number>(4, async () => {
    await turn()
    done++
  })
  for (let n = 0; n < 2500; n++) queue.add(n)
  await queue.idle()
  expect([done, queue.size]).toEqual([2500, 0])
  await queue.idle()
})

test('what is chosen of that which waits is taken next, and all else in its order', async () => {
  const { queue, begun, end } = heldQueue(1)
  for (const item of ['a', 'b', 'c', 'd']) queue.add(item)
  for (const item of ['z', 'y', 'x']) queue.add(item, { last: true })
  queue.prefer((item) => ['d', 'c', 'y', 'gone'].includes(item))
  for (const item of ['a', 'c', 'd', 'y', 'b', 'x', 'z']) await end(item)
  expect(begun).toEqual(['a', 'c', 'd', 'y', 'b', 'x', 'z'])
  expect(queue.size).toBe(0)
})
