import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyRights } from '../../../src/core/access/apply-acl.ts'
import { publish } from '../../../src/core/access/grants.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { listPhotos } from '../../../src/core/photos/photos.ts'
import { onRedis } from '../../../src/core/redis/errors.ts'
import { passwordRule } from '../../../src/core/redis/acl/passwords.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A gallery with the albums A and B, and the member ana who may read A. */
const withMember = async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'A'), 2)
  await drawPhotos(join(root, 'B'), 2, 50)
  const started = await startLibrary()
  await takeIn(started.library, root)
  const { redis, keys } = started.session
  const albums = await listAlbums(started.session)
  const [a, b] = [albums[0]?.id ?? '', albums[1]?.id ?? '']
  const key = newKey()
  await redis.sadd(keys.users, 'ana')
  await redis.hset(keys.account('ana'), 'role', 'member')
  await redis.hset(keys.grants('ana'), a, 'read')
  await redis.call('ACL', 'SETUSER', 'ana', passwordRule(key))
  await applyRights(redis, keys)
  return { ...started, a, b, ana: await started.gallery.login('ana', key) }
}

test('a member sees the albums that they may read, and Redis itself refuses everything else', async () => {
  const { ana, a, b } = await withMember()
  expect((await listAlbums(ana)).map(({ title }) => title)).toEqual(['A'])
  expect(await listPhotos(ana, a, 0, 10)).toHaveLength(2)
  await expect(listPhotos(ana, b, 0, 10)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const { redis, keys } = ana
  const [photo] = await redis.zrange(keys.albumPhotos(a), 0, '0')
  const attempts = [
    () => redis.hset(keys.photo(a, photo ?? ''), 'title', 'mine'),
    () => redis.call('EVAL', 'return redis.call("DEL", KEYS[1])', 1, keys.albumPhotos(a)),
    () => redis.call('EVAL_RO', 'return redis.call("HGETALL", ARGV[1])', 0, keys.albumInfo(b)),
    () => redis.rename(keys.albumInfo(a), keys.albumInfo('ana~aaaaaaaa')),
    () => redis.keys('*'),
    () => redis.call('SCAN', 0),
    () => redis.call('ACL', 'LIST'),
    () => redis.config('GET', '*'),
    () => redis.smembers(keys.albums),
    () => redis.set(keys.thumb('0'.repeat(64)), 'x'),
  ]
  for (const attempt of attempts)
    await expect(onRedis<unknown>(attempt)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('what is made public or hidden is so at once, on open connections', async () => {
  const { ana, b, session } = await withMember()
  await publish(session, b, true)
  expect((await listAlbums(ana)).map(({ title }) => title)).toEqual(['A', 'B'])
  await publish(session, b, false)
  await expect(listPhotos(ana, b, 0, 10)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(publish(ana, b, true)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
