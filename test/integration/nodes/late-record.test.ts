import { expect, onTestFinished, test } from 'vitest'
import { bringInStep } from '../../../src/core/access/nodes/bring-in-step.ts'
import { readWantedUsers } from '../../../src/core/access/nodes/wanted-users.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { Redis } from 'ioredis'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'

test('who has read the record before a right was taken gives it back to nobody', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { redis, keys } = owner
  const { id: album } = await createAlbum(owner, { title: 'Shown for a while' })
  await addAccount(gallery, owner, 'mal')
  await grant(owner, 'mal', { [album]: 'read' })
  await redis.call('ACL', 'SETUSER', 'steward', 'on', '>steward', '~*', '&*', '+@all')
  const { hostname, port } = new URL(gallery.redisUrl())
  const server = new Redis({ host: hostname, port: Number(port), username: 'steward', password: 'steward' })
  onTestFinished(() => server.disconnect())
  const rulesOfMal = async () =>
    ((await server.call('ACL', 'LIST')) as string[]).find((rule) => rule.startsWith('user mal '))
  const late = await readWantedUsers(server, keys)
  await grant(owner, 'mal', { [album]: 'none' })
  expect((await rulesOfMal()) ?? '').not.toContain(album)
  await bringInStep(server, keys, late, null)
  expect((await rulesOfMal()) ?? '').not.toContain(album)
  await bringInStep(server, keys, await readWantedUsers(server, keys), null)
  expect(await rulesOfMal()).toMatch(/^user mal on /)
})
