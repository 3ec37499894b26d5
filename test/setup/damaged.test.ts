import { appendFileSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asDefault, run, secret, setUpPassword, startContainer } from '../support/redis/compose.ts'
import { freePort } from '../support/redis/ports.ts'
import { temporaryFolder } from '../support/temporary.ts'

describe.skipIf(process.platform !== 'linux')('an append-only file that a power cut has damaged', () => {
  /** A volume with one key in it, whose Redis is stopped, and the last part of its append-only file. */
  const stopped = async () => {
    const volume = temporaryFolder()
    const { port, stop } = await startContainer(volume)
    const redis = await asDefault(port)
    await redis.set('a', '1')
    await stop()
    return { volume, last: join(volume, 'appendonlydir/appendonly.aof.1.incr.aof') }
  }

  test.each([
    ['zeros', Buffer.alloc(100)],
    ['garbage', Buffer.from('\u00ff\u0001*3\r\n$3\r\nSE', 'latin1')],
    ['half a transaction', Buffer.from('*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n2\r\n')],
  ])(
    'opens with what is whole where its end is %s, keeps a copy and tells the numbers',
    async (_, damage) => {
      const { volume, last } = await stopped()
      const whole = readFileSync(last)
      appendFileSync(last, damage)
      const { port, stop } = await startContainer(volume)
      expect(await (await asDefault(port)).get('a')).toBe('1')
      const [copy = '', ...others] = readdirSync(join(volume, 'damaged'))
      expect(others).toEqual([])
      expect(copy).toMatch(/^\d{4}-\d\d-\d\dT\d{6}Z-appendonly\.aof\.1\.incr\.aof$/)
      expect(readFileSync(join(volume, 'damaged', copy))).toEqual(Buffer.concat([whole, damage]))
      const log = await stop()
      expect(log).toContain(`A copy of it is ${volume}/damaged/${copy}.`)
      expect(log).toContain(
        `from ${whole.length + damage.length} bytes, with ${damage.length} bytes, to ${whole.length} bytes`,
      )
    },
  )

  test('keeps the newest three copies', async () => {
    const { volume, last } = await stopped()
    mkdirSync(join(volume, 'damaged'))
    for (const day of [1, 2, 3, 4]) {
      const copy = join(volume, `damaged/2020-01-0${day}T000000Z-appendonly.aof.1.incr.aof`)
      writeFileSync(copy, '')
      utimesSync(copy, day * 86_400, day * 86_400)
    }
    appendFileSync(last, Buffer.alloc(10))
    await startContainer(volume)
    const days = readdirSync(join(volume, 'damaged')).map((name) => name.slice(0, 10))
    expect(days).toEqual(['2020-01-03', '2020-01-04', expect.not.stringContaining('2020')])
  })

  test('is left as it is where more than its end is damaged: Redis does not start and says why', async () => {
    const { volume } = await stopped()
    const base = join(volume, 'appendonlydir/appendonly.aof.1.base.rdb')
    writeFileSync(base, 'no data')
    const { ended, log } = run(volume, secret(setUpPassword), '--port', String(await freePort()))
    expect((await ended)[0]).not.toBe(0)
    expect((await log).join('')).toContain('The append-only file is damaged and was left as it is:')
    expect(readFileSync(base, 'utf8')).toBe('no data')
    expect(readdirSync(join(volume, 'damaged'))).toEqual([])
  })
})
