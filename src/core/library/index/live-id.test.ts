import { expect, test } from 'vitest'
import { liveId, liveIdPattern } from './live-id.ts'

test('one id is the same however it is written, and another one is not', () => {
  const id = liveId('1745E022-9712-43C7-B024-F308EC6413CB')
  expect(id).toMatch(liveIdPattern)
  expect(liveId(' 1745e022-9712-43c7-b024-f308ec6413cb')).toBe(id)
  expect(liveId('1745E022-9712-43C7-B024-F308EC6413CC')).not.toBe(id)
})

test.each([undefined, 7, '', 'x', '1745E022971243C7B024F308EC6413CB', '1745E022-9712-43C7-B024-F308EC6413C'])(
  '%j is none',
  (text) => {
    expect(liveId(text)).toBeUndefined()
  },
)
