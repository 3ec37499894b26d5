import { expect, test } from 'vitest'
import { Concurrency } from './concurrency.ts'

test('what goes on at the same time is counted under each of its names, and given back once', () => {
  const counted = new Concurrency()
  const [ana, office] = [
    { name: 'ana', limit: 2 },
    { name: 'office', limit: 3 },
  ]
  const first = new AbortController()
  const others = new AbortController()
  expect(counted.take([ana, office], first.signal)).toBe(true)
  expect(counted.take([ana, office], others.signal)).toBe(true)
  expect(counted.take([ana, office], others.signal)).toBe(false)
  expect(counted.take([office], others.signal)).toBe(true) // what was refused took no place
  expect(counted.take([office], others.signal)).toBe(false)
  first.abort()
  first.abort()
  expect(counted.take([ana, office], others.signal)).toBe(true)
  expect(counted.take([ana], others.signal)).toBe(false)
  expect(counted.take([{ name: 'gone', limit: 1 }], first.signal)).toBe(true)
  expect(counted.take([{ name: 'gone', limit: 1 }], others.signal)).toBe(true)
})
