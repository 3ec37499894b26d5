import { expect, test } from 'vitest'
import { whileAway } from './retry.ts'
import type { Session } from '../../gallery/session.ts'
import { GalleryError } from '../../../shared/errors.ts'

const sessionWith = (status: string) => ({ redis: { status } }) as unknown as Session

/** Work that Redis refuses a few times. */
const refused = (times: number, code: 'UNAVAILABLE' | 'FORBIDDEN') => {
  const tries = { count: 0 }
  const work = async () => {
    tries.count++
    if (tries.count <= times) throw new GalleryError(code, 'noRight')
    return 'done'
  }
  return { tries, work }
}

test('work is done again once a Redis that went away is back', async () => {
  const { tries, work } = refused(2, 'UNAVAILABLE')
  expect(await whileAway(sessionWith('reconnecting'), work)).toBe('done')
  expect(tries.count).toBe(3)
})

test('a Redis that answers and refuses is asked twice and no more', async () => {
  const { tries, work } = refused(9, 'UNAVAILABLE')
  await expect(whileAway(sessionWith('ready'), work)).rejects.toThrow('This account has no right')
  expect(tries.count).toBe(2)
})

test('what is no absence of Redis is not tried again', async () => {
  const { tries, work } = refused(9, 'FORBIDDEN')
  await expect(whileAway(sessionWith('reconnecting'), work)).rejects.toThrow('This account has no right')
  expect(tries.count).toBe(1)
})
