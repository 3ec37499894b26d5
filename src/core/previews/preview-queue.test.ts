import { expect, test } from 'vitest'
import { PreviewQueue, type Urgency } from './preview-queue.ts'

const limits = { running: 2, ahead: 1, waiting: 100, ofCaller: 10 }

/** A queue whose work ends when it is told to. */
const started = () => {
  const queue = new PreviewQueue<string>(limits)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (name: string, urgency: Urgency = 'cell', caller = 'ana', gone = new AbortController()) => {
    const work = () => {
      begun.push(name)
      return new Promise<string>((resolve) => ends.set(name, () => resolve(`${name} made`)))
    }
    const result = queue.ask(name, { caller, urgency, gone: gone.signal, work })
    result.catch(() => undefined)
    return { result, leave: () => gone.abort(new DOMException('gone', 'AbortError')) }
  }
  const end = async (name: string) => {
    ends.get(name)?.()
    await Promise.resolve()
    await new Promise(setImmediate)
  }
  return { begun, ask, end }
}

test('what many want at once is made once', async () => {
  const { begun, ask, end } = started()
  const running = [ask('a'), ask('a', 'screen', 'bea')]
  ask('b')
  const waiting = [ask('c'), ask('c', 'cell', 'bea')]
  await end('a')
  await end('c')
  const results = await Promise.all([...running, ...waiting].map(({ result }) => result))
  expect(results).toEqual(['a made', 'a made', 'c made', 'c made'])
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('the photo on screen goes before cells, these before what may be next, and the latest wish before earlier ones', async () => {
  const { begun, ask, end } = started()
  for (const name of ['a', 'b']) ask(name, 'screen')
  ask('next', 'ahead')
  for (const name of ['cell 1', 'cell 2']) ask(name)
  ask('now', 'screen')
  for (const name of ['a', 'b', 'now', 'cell 2', 'cell 1']) await end(name)
  expect(begun).toEqual(['a', 'b', 'now', 'cell 2', 'cell 1', 'next'])
})

test('what may be next leaves a decoder free for what is on screen', async () => {
  const { begun, ask, end } = started()
  for (const name of ['next', 'after next']) ask(name, 'ahead')
  expect(begun).toEqual(['next'])
  ask('now', 'screen')
  expect(begun).toEqual(['next', 'now'])
  await end('next')
  expect(begun).toEqual(['next', 'now', 'after next'])
})

test('what was prepared and comes on screen before it was begun goes first', async () => {
  const { begun, ask, end } = started()
  for (const name of ['a', 'b']) ask(name, 'screen')
  ask('next', 'ahead')
  ask('cell')
  ask('next', 'screen', 'bea')
  await end('a')
  expect(begun).toEqual(['a', 'b', 'next'])
})

test('who is gone gives up the place, and what nobody waits for is not made', async () => {
  const { begun, ask, end } = started()
  for (const name of ['a', 'b']) ask(name)
  const left = ask('left')
  const half = ask('wanted by two')
  const other = ask('wanted by two', 'cell', 'bea')
  left.leave()
  half.leave()
  await expect(left.result).rejects.toThrow('gone')
  await expect(half.result).rejects.toThrow('gone')
  for (const name of ['a', 'b', 'wanted by two']) await end(name)
  expect(await other.result).toBe('wanted by two made')
  expect(begun).toEqual(['a', 'b', 'wanted by two'])
})

test('callers take turns, and none fills the queue alone', async () => {
  const { begun, ask, end } = started()
  for (const name of ['a', 'b']) ask(name, 'cell', 'cy')
  for (let n = 1; n <= limits.ofCaller; n++) ask(`ana ${n}`)
  await expect(ask('one too many').result).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  for (const n of [1, 2]) ask(`bea ${n}`, 'cell', 'bea')
  for (const name of ['a', 'b', 'ana 10', 'bea 2']) await end(name)
  expect(begun.slice(2).map((name) => name.split(' ')[0])).toEqual(['bea', 'ana', 'bea', 'ana'])
})

test('work that fails fails for all who wait, and makes room for the next', async () => {
  const queue = new PreviewQueue<string>({ ...limits, running: 1 })
  const { signal: gone } = new AbortController()
  const wish = (work: () => Promise<string>) => ({ caller: 'ana', urgency: 'cell' as const, gone, work })
  const broken = wish(() => Promise.reject(new Error('broken')))
  const asked = [
    queue.ask('a', broken),
    queue.ask('a', broken),
    queue.ask(
      'b',
      wish(() => Promise.resolve('made')),
    ),
  ]
  const settled = await Promise.allSettled(asked)
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})
