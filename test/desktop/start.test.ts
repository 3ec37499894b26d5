import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { silentPort } from '../support/redis/ports.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { launchDesktop } from './launch.ts'

const failToStart = async (home: string, env: NodeJS.ProcessEnv) => {
  const desktop = launchDesktop({ home, env })
  expect(await desktop.exit).toBe(1)
  expect(desktop.output).not.toContain('ready')
  const [box, ...more] = desktop.told('error box')
  expect(more).toEqual([])
  expect(box?.['title']).toBe('Cimaise cannot start')
  return String(box?.['content'])
}

test('says that Redis cannot be reached, and ends', async () => {
  const home = temporaryFolder()
  const CIMAISE_REDIS_URL = `redis://127.0.0.1:${silentPort}`
  const message = await failToStart(home, { CIMAISE_REDIS_URL })
  expect(message).toMatch(/Redis cannot be reached at .* CIMAISE_REDIS_URL/)
  expect(readFileSync(join(home, 'logs', 'main.log'), 'utf8')).toContain(message)
})

test('says what to install where there is no Redis, and ends', async () => {
  const message = await failToStart(temporaryFolder(), { PATH: temporaryFolder() })
  expect(message).toContain('Install Redis 7 or newer')
})

test('says that the data folder cannot be made, and ends', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  expect(await failToStart(join(file, 'home'), { HOME: temporaryFolder() })).toContain('Set CIMAISE_HOME')
})
