import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { readBackup } from '../../../src/core/backup/read-backup.ts'
import { restoreBackup } from '../../../src/core/backup/restore-backup.ts'
import { fileSink } from '../../../src/core/backup/sink.ts'
import { takeBackup } from '../../../src/core/backup/take-backup.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { createAccount } from '../../../src/core/access/accounts.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { cimaise } from '../../support/cli.ts'
import { cleanEnvironment, startGallery } from '../../support/gallery.ts'
import { change, findings, albumWithPhotos } from '../../support/organise.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Backups that are made while others write. More by hand: `BACKUP_RUNS=50 npm test -- test/integration/backup/under-load.test.ts`. */
const runs = Number(process.env['BACKUP_RUNS'] ?? 3)
/** Kills of each kind. */
const kills = Number(process.env['BACKUP_KILLS'] ?? 2)

const sometimes = (n: number) => Math.floor(Math.random() * n)

/** Moves, tags, trashes and takes photos in without a break, until it is told to stop; tells how much was done. */
const keepWriting = (session: Session, albums: string[], photos: string[]) => {
  let stopped = false
  let acts = 0
  const act = async () => {
    const [from = '', to = ''] = albums.toSorted(() => Math.random() - 0.5)
    const some = photos.filter(() => Math.random() < 0.05)
    const [add, remove] = [`tag ${sometimes(9)}`, `tag ${sometimes(9)}`].map((tag) => [tag])
    const kinds = [
      () => change(session, [{ kind: 'move', from, to, photos: some }]),
      () =>
        change(session, [{ kind: 'tag', album: from, photos: some, add: add ?? [], remove: remove ?? [] }]),
      () => change(session, [{ kind: sometimes(2) ? 'trash' : 'restore', album: from, photos: some }]),
    ]
    if (sometimes(40) === 0) await albumWithPhotos(session, `Album ${crypto.randomUUID()}`, 3)
    else await kinds[sometimes(kinds.length)]?.()
    acts++
  }
  const done = (async () => {
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while this waits
    while (!stopped) await act()
  })()
  return {
    acts: () => acts,
    stop: async () => {
      stopped = true
      await done
    },
  }
}

test('a backup that is made while others write is of one moment: nothing in it contradicts itself', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const hung = await albumWithPhotos(session, 'Many', 1500)
  const { id: other } = await createAlbum(session, { title: 'Other' })
  const writers = await Promise.all(
    ['ana', 'ben'].map(async (name) => {
      const { session: own } = await addAccount(gallery, session, name, { canCreateAlbums: true })
      await grant(session, name, { [hung.album]: 'modify', [other]: 'modify' })
      return keepWriting(own, [hung.album, other], hung.photos)
    }),
  )
  await addAccount(gallery, session, 'cat')
  let over = false
  const rights = (async () => {
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while this waits
    for (let n = 0; !over; n++) await grant(session, 'cat', { [other]: n % 2 ? 'read' : 'modify' })
  })()
  for (let run = 0; run < runs; run++) {
    const file = join(temporaryFolder(), `run-${run}`)
    const before = writers.map(({ acts }) => acts())
    await takeBackup(session, gallery.home, () => fileSink(file))
    // No writer was held up for good.
    for (const [i, { acts }] of writers.entries()) await expect.poll(acts).toBeGreaterThan(before[i] ?? 0)
    const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-') })
    await restoreBackup(file, { env })
    const restored = await openGallery({ env })
    expect(await findings(await restored.self())).toEqual([])
    await restored.close()
  }
  over = true
  await Promise.all([rights, ...writers.map(({ stop }) => stop())])
})

test('a backup that is killed leaves no file of its name, and writers go on', async () => {
  const { gallery, env } = await startGallery()
  const session = await gallery.self()
  await albumWithPhotos(session, 'Many', 1500)
  const folder = temporaryFolder()
  for (let n = 0; n < kills; n++) {
    const file = join(folder, `kill-${n}`)
    const child = spawn(process.execPath, ['out/main/cli.js', 'backup', file], { env, stdio: 'ignore' })
    const ended = once(child, 'exit') // it may be done before it is killed
    // As soon as it has begun to write, which is anywhere in its work.
    await expect
      .poll(() => readdirSync(folder).some((name) => name.startsWith(`kill-${n}`)), { interval: 1 })
      .toBe(true)
    await wait(sometimes(60))
    child.kill('SIGKILL')
    await ended
    if (existsSync(file)) await readBackup(file)
    await createAlbum(session, { title: `After ${n}` })
  }
})

/** Listens to a Redis; `begun` resolves once a process has begun to restore into it. */
const listenForRestore = async (port: number) => {
  const redis = new Redis({ port, host: '127.0.0.1' })
  const seen = await redis.monitor()
  onTestFinished(() => [redis, seen].forEach((one) => one.disconnect()))
  const begun = new Promise<void>((resolve) =>
    seen.on(
      'monitor',
      (_time: string, args: string[]) => args.includes('restoring') && args[0] === 'hset' && resolve(),
    ),
  )
  return { begun }
}

/** Kills a restore in its midst. False where it was done before: on a loaded machine the test may hear of it late. */
const killRestore = async (env: NodeJS.ProcessEnv, port: number, file: string) => {
  const { begun } = await listenForRestore(port)
  const child = spawn(process.execPath, ['out/main/cli.js', 'restore', file], { env, stdio: 'ignore' })
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>
  await begun
  await wait(sometimes(40))
  child.kill('SIGKILL')
  const [code, signal] = await ended
  if (signal === null) expect(code).toBe(0)
  return signal === 'SIGKILL'
}

test('a restore that is killed is no gallery yet, says so, and is run again', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  await albumWithPhotos(session, 'Many', 3000)
  await createAccount(session, { name: 'ana', role: 'member', canCreateAlbums: true, key: 'a'.repeat(64) })
  const file = join(temporaryFolder(), 'whole')
  await takeBackup(session, gallery.home, () => fileSink(file))
  let killed = 0
  for (let tries = 0; killed < kills && tries < 10 * kills; tries++) {
    const { port, url } = await startRedis()
    const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-'), CIMAISE_REDIS_URL: url })
    if (!(await killRestore(env, port, file))) continue
    killed++
    const refused = await cimaise(env, 'albums')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(/^A backup is being restored here, or that was broken off\..*\n$/)
    expect(await cimaise(env, 'restore', file)).toMatchObject({ code: 0 })
    const restored = await openGallery({ env })
    const owner = await restored.self()
    expect(await findings(owner)).toEqual([])
    expect(await owner.redis.zcard(owner.keys.albumPhotos(await albumOf(owner)))).toBe(3000)
    await restored.close()
  }
  expect(killed).toBe(kills)
})

const albumOf = async ({ redis, keys }: Session) => (await redis.smembers(keys.albums))[0] ?? ''
