import { expect, test } from 'vitest'
import { redisTime } from '../../../src/core/access/access-record.ts'
import { applyRights } from '../../../src/core/access/apply-acl.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change } from '../../support/organise.ts'

test('of an account with many rights Redis tries the albums first in which something happened last, and gives it no other rights', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { redis, keys } = owner
  await addAccount(gallery, owner, 'ana')
  const { album: long, photos } = await albumWithPhotos(owner, 'Long ago', 2)
  // Of another family, or the two would be one pattern.
  await redis.del(keys.albumFamily('owner~'))
  const { album: lately, photos: newer } = await albumWithPhotos(owner, 'Lately', 1)
  /** What happens in one millisecond is in no order. */
  const rate = async (album: string, photo = '') => {
    await change(owner, [{ kind: 'edit', album, field: 'rating', values: [{ photo, to: '5', from: null }] }])
    const now = await redisTime(redis)
    await expect.poll(() => redisTime(redis), { interval: 1 }).toBeGreaterThan(now)
  }
  await rate(long, photos[0])
  await rate(lately, newer[0])
  const others = Array.from({ length: 110 }, (_, n) => `owner~${String(n).padStart(6, '0')}xx`)
  const all = [...others.slice(0, 60), long, lately, ...others.slice(60)]
  await redis.hset(keys.grants('ana'), Object.fromEntries(all.map((album) => [album, 'modify'])))
  const used = redis.pipeline()
  for (const album of others) used.xadd(keys.albumEvents(album), '1-0', 'what', 'added')
  await used.exec()
  await applyRights(redis, keys, { names: ['ana'] })

  const tried = async () => {
    const user = (await redis.call('ACL', 'GETUSER', 'ana')) as unknown[]
    const rules = String(user[user.indexOf('keys') + 1]).split(' ')
    return rules.filter((rule) => rule.includes(':album:'))
  }
  const inOrder = (...albums: string[]) => albums.map((album) => `~${keys.pattern.album(album)}`)
  const before = await tried()
  expect(before.slice(0, 2)).toEqual(inOrder(lately, long))
  await rate(long, photos[1])
  await grant(owner, 'ana', { [lately]: 'read' })
  await grant(owner, 'ana', { [lately]: 'modify' })
  const after = await tried()
  expect(after.slice(0, 2)).toEqual(inOrder(long, lately))
  expect(after.toSorted()).toEqual(inOrder(...all).toSorted())
})
