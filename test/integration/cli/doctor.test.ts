import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import type { Check } from '../../../src/shared/schemas/gallery.ts'
import { cimaise } from '../../support/cli.ts'
import { cutPower, homeOf, redisFolder } from '../../support/embedded.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { silentPort } from '../../support/redis/ports.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const doctor = async (env: NodeJS.ProcessEnv) => {
  const { code, out, err } = await cimaise(env, 'doctor', '--json')
  const { checks } = JSON.parse(out) as { checks: Check[] }
  const problems = checks.filter(({ state }) => state === 'problem')
  return {
    code,
    err,
    checks,
    problems: Object.fromEntries(problems.map(({ what, detail }) => [what, detail])),
  }
}

/** A gallery that was closed by a power cut. */
const closedGallery = async () => {
  const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-') })
  const gallery = await openGallery({ env })
  await gallery.self()
  await gallery.close()
  await cutPower(env)
  return env
}

test('a lost base: the doctor says which check fails and what to do, and shows the end of the logs', async () => {
  const env = await closedGallery()
  writeFileSync(join(redisFolder(env), 'appendonlydir', 'appendonly.aof.1.base.rdb'), 'no more')
  const { code, problems, checks } = await doctor(env)
  expect(code).toBe(1)
  expect(Object.keys(problems)).toEqual(['Gallery', 'Redis', 'Append-only file'])
  expect(problems['Append-only file']).toMatch(/restore a backup/)
  expect(checks.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['Data folder', 'Disk', 'Redis server', 'Log of Redis', 'Log of its keeper']),
  )
  expect((await cimaise(env, 'doctor')).out).toMatch(/^FAIL {2}Gallery: .*\n {2}ok {2}Data folder: /)
})

test('a torn end that was mended stays a warning for as long as its copy is kept', async () => {
  const env = await closedGallery()
  appendFileSync(join(redisFolder(env), 'appendonlydir', 'appendonly.aof.1.incr.aof'), Buffer.alloc(777))
  const { code, checks } = await doctor(env)
  expect(code).toBe(0)
  const warning = checks.find(({ what }) => what === 'Append-only file')
  expect(warning).toMatchObject({ state: 'warning', detail: expect.stringMatching(/^777 bytes/) as string })
  rmSync(/is in (.*)$/.exec(warning?.detail ?? '')?.[1] ?? '', { recursive: true })
  expect((await doctor(env)).checks.find(({ what }) => what === 'Append-only file')).toBe(undefined)
})

test('no server program, no Redis, a wrong password, and settings that make no sense are told one from another', async () => {
  const home = temporaryFolder('cimaise-home-')
  const noProgram = await doctor(cleanEnvironment({ CIMAISE_HOME: home, PATH: '' }))
  expect(noProgram.problems['Redis server']).toMatch(/redis-server was not found\. Install Redis 7/)
  const external = (url: string, password: string) =>
    cleanEnvironment({
      CIMAISE_HOME: home,
      CIMAISE_REDIS_URL: url,
      CIMAISE_ACCOUNT: 'ana',
      CIMAISE_PASSWORD: password,
    })
  const absent = await doctor(external(`redis://127.0.0.1:${silentPort}`, 'x'))
  expect(absent.problems['Redis']).toMatch(/cannot be reached at 127\.0\.0\.1/)
  const { url } = await startRedis()
  expect((await doctor(external(url, 'correct horse'))).code).toBe(0)
  const wrong = await doctor(external(url, 'wrong'))
  expect(wrong).toMatchObject({ code: 1, err: '' })
  expect(Object.keys(wrong.problems)).toEqual(['Gallery'])
  expect(wrong.problems['Gallery']).toMatch(/does not accept this account and password/)
  expect((await doctor(external('redis://x?y', ''))).problems['Gallery']).toMatch(
    /after \? or #.*not supported/,
  )
})

test('a server without limits is used, and the doctor warns', async () => {
  const { url } = await startRedis()
  const more = { CIMAISE_REDIS_URL: url, CIMAISE_ACCOUNT: 'ana', CIMAISE_PASSWORD: 'correct horse' }
  const { code, checks } = await doctor(cleanEnvironment({ CIMAISE_HOME: temporaryFolder(), ...more }))
  expect(code).toBe(0)
  const limits = checks.find(({ what }) => what === 'Limits')
  expect(limits?.state).toBe('warning')
  expect(limits?.detail).toMatch(
    /proto-max-bulk-len 8mb, client-query-buffer-limit 64mb, maxmemory 60 % .*, maxmemory-clients 20%, client-output-buffer-limit normal/,
  )
  const own = await doctor(cleanEnvironment({ CIMAISE_HOME: temporaryFolder() }))
  expect(own.checks.find(({ what }) => what === 'Limits')?.state).toBe('ok')
})

test('a file where the data folder should be, and a folder that may not be written to, are said in words', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  const env = cleanEnvironment({ CIMAISE_HOME: file })
  const { code, err } = await cimaise(env, 'albums')
  expect({ code, err }).toEqual({
    code: 1,
    err: `The data folder ${file} cannot be used: a file is in its place. Move that file away. Set CIMAISE_HOME to use another folder instead.\n`,
  })
  expect((await doctor(env)).problems['Data folder']).toContain('a file is in its place')
})

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'a data folder on a read-only file system is said in words (only root can mount one)',
  async ({ skip }) => {
    const source = await closedGallery()
    const folder = join(temporaryFolder(), 'mounted')
    mkdirSync(folder)
    try {
      execFileSync('mount', ['--bind', homeOf(source), folder], { stdio: 'ignore' })
      execFileSync('mount', ['-o', 'remount,ro,bind', folder], { stdio: 'ignore' })
    } catch {
      return skip('nothing may be mounted here')
    } finally {
      onTestFinished(() => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' }))
    }
    const env = cleanEnvironment({ CIMAISE_HOME: folder })
    const { code, err } = await cimaise(env, 'albums')
    expect(code).toBe(1)
    expect(err).toMatch(/cannot be used: it is on a read-only file system\. Mount that so/)
    expect((await doctor(env)).problems['Data folder']).toContain('read-only file system')
    mkdirSync(join(homeOf(source), 'empty'))
    expect((await cimaise(cleanEnvironment({ CIMAISE_HOME: join(folder, 'empty') }), 'albums')).err).toMatch(
      /read-only file system/,
    )
  },
)
