import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import type { Gallery } from '../../../src/core/gallery/gallery.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { setRights } from '../../../src/core/access/grants.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { PhotoQuery } from '../../../src/shared/schemas/photo.ts'
import { homeOf, pidOf, redisFolder, untilStopped } from '../../support/embedded.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A gallery with an album that its owner, a member and guests may see. */
const furnished = async (home = temporaryFolder('cimaise-home-')) => {
  const env = cleanEnvironment({ CIMAISE_HOME: home })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 3)
  const { key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [album]: 'modify' })
  await setRights(owner, [{ subject: 'guest', album, right: 'read' }])
  return { env, gallery, owner, key }
}

/** Albums and photos as each of them sees them. */
const seenByAll = async (gallery: Gallery, key: string) => {
  const look = async (session: Session) => {
    const view = PhotoQuery.parse({ album: null, sort: 'taken', descending: true })
    const { photos } = await pageOfPhotos(session, view, 0, 10)
    return `${(await listAlbums(session)).map(({ title }) => title).join()} ${photos.length}`
  }
  return Promise.all(
    [gallery.self(), gallery.login('ana', key), gallery.guest()].map(async (session) => look(await session)),
  )
}
const all = ['Corsica 3', 'Corsica 3', 'Corsica 3']

/** Files with the time of their last change; logs, and what only a running server has, aside. */
const datedFiles = (home: string) =>
  readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/\.log$|\.sock$|\.pid$/.test(name) && statSync(join(home, name)).isFile())
    .map((name) => [name, statSync(join(home, name)).mtimeMs])

/** How often commands that write were called, and refused ones too. */
const writes = async ({ redis }: Session) =>
  (await redis.info('commandstats'))
    .split('\r\n')
    .filter((line) =>
      /_(hset|hsetnx|hdel|hincrby|sadd|srem|set|del|xadd|eval|evalsha|fcall|acl\|save|acl\|setuser|expire|function\|load)[:,]/.test(
        line,
      ),
    )

test('opening a healthy gallery writes nothing: no key, no file', async () => {
  const { env, gallery, owner, key } = await furnished()
  await seenByAll(await openGallery({ env }), key)
  const before = { files: datedFiles(homeOf(env)), writes: await writes(owner) }
  const again = await openGallery({ env })
  expect(await seenByAll(again, key)).toEqual(all)
  expect(await writes(owner)).toEqual(before.writes)
  expect(datedFiles(homeOf(env))).toEqual(before.files)
  // Nor does the start of the server itself.
  const pid = pidOf(env)
  await again.close()
  await gallery.close()
  process.kill(pid, 'SIGTERM')
  await untilStopped(pid)
  const third = await openGallery({ env })
  onTestFinished(() => third.close())
  expect(await seenByAll(third, key)).toEqual(all)
  expect(datedFiles(homeOf(env))).toEqual(before.files)
})

test('a Redis that is out of memory opens, and is read by owner, member and guest', async () => {
  const { env, owner, key } = await furnished()
  await openGallery({ env }).then(async (gallery) => (await gallery.self(), gallery.close()))
  await owner.redis.config('SET', 'maxmemory-policy', 'noeviction')
  await owner.redis.config('SET', 'maxmemory', '1mb')
  await expect(owner.redis.hset(owner.keys.meta, 'probe', 'x')).rejects.toThrow(/OOM/)
  const again = await openGallery({ env })
  onTestFinished(() => again.close())
  expect(await seenByAll(again, key)).toEqual(all)
})

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'a full disk: the gallery opens and is read by owner, member and guest, also by a server that is started there (only root can mount a small disk)',
  async ({ skip }) => {
    const disk = join(temporaryFolder(), 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      return skip('nothing may be mounted here')
    }
    onTestFinished(() => void execFileSync('umount', ['-l', disk], { stdio: 'ignore' }))
    const { env, gallery, owner, key } = await furnished(join(disk, 'home'))
    await openGallery({ env }).then(async (other) => (await other.self(), other.close()))
    for (let size = 4 * 1024 * 1024; size > 0; size = Math.floor(size / 2))
      try {
        for (let n = 0; ; n++) writeFileSync(join(disk, `ballast ${size} ${n}`), Buffer.alloc(size))
      } catch {
        // The disk has no room for so much; for half of it, maybe.
      }
    await expect
      .poll(() => owner.redis.hset(owner.keys.meta, 'probe', 'x'.repeat(9000)).catch(String), {
        timeout: 20_000,
        interval: 50,
      })
      .toMatch(/MISCONF/)
    const again = await openGallery({ env })
    expect(await seenByAll(again, key)).toEqual(all)
    await again.close()
    await gallery.close()
    const pid = pidOf(env)
    await untilStopped(pid)
    const third = await openGallery({ env })
    onTestFinished(() => third.close())
    expect(await seenByAll(third, key)).toEqual(all)
    expect(statSync(join(redisFolder(env), 'users.acl')).size).toBeGreaterThan(0)
  },
)
