import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { setCopies } from '../../../src/core/gallery/copies.ts'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { spreadPassword } from '../../support/redis/nodes.ts'
import { spreadEnvironment, startCluster, startSentinels } from '../../support/redis/spread.ts'

test('a change that has to be on two replicas is not said to be made where one of them is away', async () => {
  const spread = await startSentinels()
  const gallery = await openGallery({ env: spreadEnvironment(spread.url) })
  onTestFinished(() => gallery.close())
  await setCopies(await gallery.self(), 2)
  const session = await gallery.login('root', await deriveKey(gallery.id, 'root', 'correct horse'))
  await createAlbum(session, { title: 'Corsica' })
  const primary = await spread.primary()
  const replica = spread.nodes.find((node) => node !== primary)
  await replica?.kill()
  await expect(createAlbum(session, { title: 'Sardinia' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    text: { id: 'tooFewCopies', blanks: { reached: '1', wanted: '2' } },
  })
  await replica?.start()
  await expect
    .poll(
      () =>
        createAlbum(session, { title: 'Elba' }).then(
          ({ id }) => id,
          () => '',
        ),
      { timeout: 20_000 },
    )
    .toMatch(/^root~/)
})

test('a change is not said to be made while most Sentinels cannot say who is the primary', async () => {
  const spread = await startSentinels()
  const gallery = await openGallery({ env: spreadEnvironment(spread.url) })
  onTestFinished(() => gallery.close())
  const session = await gallery.login('root', await deriveKey(gallery.id, 'root', 'correct horse'))
  await createAlbum(session, { title: 'Corsica' })
  const sentinels = [...spread.url.matchAll(/:(\d+)/g)].map(([, port]) => Number(port))
  for (const port of sentinels.slice(1)) {
    const sentinel = new Redis({ port, maxRetriesPerRequest: 0, retryStrategy: null })
    sentinel.on('error', () => undefined) // it ends with what it is asked
    await expect(sentinel.call('SHUTDOWN')).rejects.toThrow(/closed/)
  }
  await expect(createAlbum(session, { title: 'Sardinia' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    text: { id: 'primaryInDoubt' },
  })
  expect((await listAlbums(session)).map(({ title }) => title)).toContain('Sardinia')
})

test('a change that has to be on a replica is made where its part of a cluster has moved to, and safe there', async () => {
  const spread = await startCluster()
  const gallery = await openGallery({ env: spreadEnvironment(spread.url) })
  onTestFinished(() => gallery.close())
  await setCopies(await gallery.self(), 1)
  const session = await gallery.login('root', await deriveKey(gallery.id, 'root', 'correct horse'))
  await createAlbum(session, { title: 'Corsica' })
  const primary = await spread.primary()
  const roles = await Promise.all(
    spread.nodes.map(async (node) => ({ node, role: await node.as('STEWARD', spreadPassword).role() })),
  )
  const replica = roles.find(({ role }) => role[0] === 'slave' && role[2] === primary.port)?.node
  await replica?.as('STEWARD', spreadPassword).acl('SETUSER', 'operator', 'on', 'nopass', '+cluster|failover')
  // Both go on: the one that was it until now says only where to ask.
  await replica?.as('operator', 'any').call('CLUSTER', 'FAILOVER')
  await expect.poll(spread.primary, { timeout: 20_000 }).toBe(replica)
  await createAlbum(session, { title: 'Sardinia' })
  expect((await listAlbums(session)).map(({ title }) => title)).toEqual(['Corsica', 'Sardinia'])
})
