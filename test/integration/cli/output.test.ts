import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'
import { cimaise, cimaiseJson } from '../../support/cli.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { change, albumWithPhotos } from '../../support/organise.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A gallery with an album of so many photos, in a Redis of its own. */
const galleryOf = async (count: number) => {
  const redis = await startRedis()
  const env = cleanEnvironment({
    CIMAISE_HOME: temporaryFolder('cimaise-home-'),
    CIMAISE_REDIS_URL: redis.url,
  })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  return { env, owner, redis, ...(await albumWithPhotos(owner, 'Big', count)) }
}

/** A command whose output the caller reads, or does not. */
const start = (env: NodeJS.ProcessEnv, ...args: string[]) => {
  const child = spawn(process.execPath, ['out/main/cli.js', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended: once(child, 'close') as Promise<[number | null]> }
}

test('a list that is longer than a pipe holds reaches a slow reader whole, in one JSON document', async () => {
  const { env, owner, album, photos } = await galleryOf(20_000)
  const { child, ended } = start(env, 'photos', 'big', '--json')
  await once(child.stdout, 'readable')
  const document = await text(child.stdout)
  expect(await ended).toEqual([0, null])
  const listed = JSON.parse(document) as PhotoDetails[]
  expect(listed.map(({ id }) => id)).toEqual(photos)
  expect(document).toBe(`${JSON.stringify(listed, null, 2)}\n`)

  await change(owner, [{ kind: 'tag', album, photos: photos.slice(0, 2500), add: ['Sea'], remove: [] }])
  expect(await cimaiseJson<PhotoDetails[]>(env, 'tagged', 'sea')).toHaveLength(2500)
  const { out } = await cimaise(env, 'photos', 'big')
  const lines = out.trimEnd().split('\n')
  expect(lines.map((line) => line.slice(0, 10))).toEqual(photos)
  expect(await cimaise(env, 'tagged', 'land', '--json')).toMatchObject({ code: 0, out: '[]\n' })
})

test('a reader that closes early ends the command, with no word and no failure', async () => {
  const { env } = await galleryOf(3000)
  for (const args of [['photos', 'big'], ['photos', 'big', '--json'], ['--help']]) {
    const { child, ended } = start(env, ...args)
    await once(child.stdout, 'readable')
    child.stdout.destroy()
    const [err, [code]] = await Promise.all([text(child.stderr), ended])
    expect({ args, code, err }).toEqual({ args, code: 0, err: '' })
  }
})

test('a list that breaks off in its midst ends in exit code 1 and a reason', async () => {
  const { env, redis } = await galleryOf(3000)
  const { child, ended } = start(env, 'photos', 'big', '--json')
  await once(child.stdout, 'readable')
  redis.child.kill('SIGKILL')
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  expect({ code, err }).toEqual({ code: 1, err: 'Redis cannot be reached. It is tried again by itself.\n' })
  expect(out).toMatch(/^\[\n/)
  expect(() => JSON.parse(out) as unknown).toThrow()
})

test.skipIf(process.platform !== 'linux')(
  'an answer that cannot be written is a failure, said once',
  async () => {
    const { env } = await galleryOf(1)
    for (const args of [['albums'], ['photos', 'big']]) {
      const script = 'exec "$0" out/main/cli.js "$@" >/dev/full'
      const child = spawn('sh', ['-c', script, process.execPath, ...args], { env })
      const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
      expect([args, code, err]).toEqual([args, 1, 'The answer could not be written: the disk is full.\n'])
    }
  },
)

test('texts that steer a terminal are shown, not obeyed, whatever prints them', async () => {
  const { env, owner, album } = await galleryOf(1)
  const hostile = 'x\u001b]0;a\u0007\u009b2J\u202egpj\ny'
  await owner.redis.hset(owner.keys.albumInfo(album), 'title', hostile, 'titleKey', hostile)
  await owner.redis.hset(owner.keys.account('owner'), 'displayName', hostile)
  const results = await Promise.all(
    [
      ['albums'],
      ['albums', '--json'],
      ['whoami'],
      ['whoami', '--json'],
      ['account', 'list'],
      ['album', 'public', album],
      ['album', 'rename', album, 'Plain'],
      ['photos', hostile],
    ].map((args) => cimaise(env, ...args)),
  )
  for (const { out, err } of results) {
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(out + err).not.toMatch(/^y/m)
  }
})
