import { expect, test } from 'vitest'
import { SharedCache } from './shared-cache.ts'

const always = () => true
const never = () => false

test('two that ask at once share one making, and a third finds it there', async () => {
  const cache = new SharedCache<string>(10, (text) => text.length)
  let made = 0
  const make = async () => `made ${++made}`
  const [one, two] = await Promise.all([cache.get('a', always, make), cache.get('a', always, make)])
  expect([one.value, two.value]).toEqual(['made 1', 'made 1'])
  expect([one.atOnce, two.atOnce]).toEqual([false, false])
  expect(await cache.get('a', always, make)).toEqual({ value: 'made 1', atOnce: true })
})

test('where one caller fails, another that waited makes it', async () => {
  const cache = new SharedCache<string>(10, (text) => text.length)
  const refused = cache.get('a', always, () => Promise.reject(new Error('no right')))
  const other = cache.get('a', always, async () => 'mine')
  await expect(refused).rejects.toThrow('no right')
  expect((await other).value).toBe('mine')
})

test('what is out of date is made from what was there', async () => {
  const cache = new SharedCache<string>(10, (text) => text.length)
  await cache.get('a', always, async () => 'old')
  expect((await cache.get('a', never, async (before) => `${before}er`)).value).toBe('older')
})

test('what was not asked for the longest goes where all weigh too much, and one always stays', async () => {
  const cache = new SharedCache<string>(6, (text) => text.length)
  const ask = async (name: string, text = 'xxx') => (await cache.get(name, always, async () => text)).value
  await ask('a')
  await ask('b')
  await ask('a', 'not made')
  await ask('c')
  expect(await ask('a', 'anew')).toBe('xxx')
  expect(await ask('b', 'anew')).toBe('anew')
  await ask('whole', 'x'.repeat(100))
  expect(await ask('whole', 'anew')).toHaveLength(100)
})
