import { expect, test } from 'vitest'
import { isSettled } from './sentinels.ts'

const word = { named: 'a:6379', primary: 'a:6379', flags: 'master', epoch: 3 }
const gone = { ...word, flags: 's_down,master' }
const promoting = { ...word, named: 'b:6379', flags: 's_down,o_down,master,failover_in_progress', epoch: 4 }

test('Sentinels are settled on the primary that more than half of them take for well', () => {
  expect(isSettled([word, word, word], 'a:6379', 3)).toBe(true)
  expect(isSettled([word, word, gone], 'a:6379', 3)).toBe(true)
  expect(isSettled([word, gone, gone], 'a:6379', 3)).toBe(false)
  expect(isSettled([word, word], 'a:6379', 3)).toBe(true)
  expect(isSettled([word], 'a:6379', 3)).toBe(false)
  expect(isSettled([], 'a:6379', 3)).toBe(false)
})

test('one that has begun a failover, or names another primary, is enough to doubt', () => {
  const begun = { ...word, flags: 'master,failover_in_progress' }
  expect(isSettled([word, word, begun], 'a:6379', 3)).toBe(false)
  expect(isSettled([word, word, promoting], 'a:6379', 3)).toBe(false)
  const moved = { ...word, named: 'b:6379', primary: 'b:6379', epoch: 4 }
  expect(isSettled([word, word, moved], 'a:6379', 3)).toBe(false)
})

test('the server that has just taken over is the primary, though the other Sentinels have not heard of it', () => {
  expect(isSettled([gone, gone, promoting], 'b:6379', 3)).toBe(true)
  expect(isSettled([word, word, { ...word, epoch: 4 }], 'a:6379', 3)).toBe(true)
})
