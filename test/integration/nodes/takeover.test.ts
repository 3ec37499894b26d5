import { expect, onTestFinished, test } from 'vitest'
import { createAccount } from '../../../src/core/access/accounts.ts'
import { setRights } from '../../../src/core/access/grants.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { spreadPassword, until } from '../../support/redis/nodes.ts'
import { spreadEnvironment, spreadKinds, type SpreadNode } from '../../support/redis/spread.ts'

const open = async (url: string) => {
  const gallery = await openGallery({ env: spreadEnvironment(url) })
  onTestFinished(() => gallery.close())
  return gallery
}

/** A gallery with a member who may read one album. */
const withMember = async (url: string) => {
  const gallery = await open(url)
  const admin = await gallery.self()
  const key = await deriveKey(gallery.id, 'ana', 'battery staple')
  await createAccount(admin, {
    name: 'ana',
    displayName: 'Ana',
    role: 'member',
    canCreateAlbums: false,
    key,
  })
  const { id: album } = await createAlbum(admin, { title: 'Corsica' })
  await setRights(admin, [{ subject: 'account:ana', album, right: 'read' }])
  return { gallery, admin, album, key }
}

/** What a login of one's own at one node reads: the album's title, or why not. */
const readAt = async (node: SpreadNode, user: string, key: string, album: string) => {
  const redis = node.as(user, key)
  try {
    return await redis.hget(`{cimaise}:album:${album}:info`, 'title')
  } catch (error) {
    return (error as Error).message.split(' ')[0]
  } finally {
    redis.disconnect()
  }
}

test.for(spreadKinds)(
  'with %s, another machine takes over: everybody goes on, and changes are made',
  async ([, start]) => {
    const spread = await start()
    const { gallery, admin, album, key } = await withMember(spread.url)
    const member = await gallery.login('ana', key)
    expect((await listAlbums(member)).map(({ title }) => title)).toEqual(['Corsica'])
    await (await spread.primary()).kill()
    const { id } = await createAlbum(admin, { title: 'Sardinia' })
    await setRights(admin, [{ subject: 'account:ana', album: id, right: 'modify' }])
    expect((await listAlbums(member)).map(({ title }) => title).toSorted()).toEqual(['Corsica', 'Sardinia'])
    const now = await spread.primary()
    expect(await readAt(now, 'ana', key, album)).toBe('Corsica')
    expect(await readAt(now, 'default', spreadPassword, album)).toBe('WRONGPASS')
  },
)

test.for(spreadKinds)(
  'with %s, a right that was taken while a machine was away is not back when that machine is primary again',
  async ([, start]) => {
    const spread = await start()
    const { gallery, admin, album, key } = await withMember(spread.url)
    const first = await spread.primary()
    const noted = async (detail: RegExp) =>
      (await gallery.notes()).some((one) => one.what === `Server ${first.name}` && detail.test(one.detail))
    await until('its users are in step', () => noted(/rights in step/))
    first.stop()
    await until('another takes over', async () => (await spread.primary()) !== first)
    await setRights(admin, [{ subject: 'account:ana', album, right: 'none' }])
    await until('the program knows that', () => noted(/another took over/))
    first.goOn()
    const read = await Promise.all(Array.from({ length: 20 }, () => readAt(first, 'ana', key, album)))
    expect(read).not.toContain('Corsica')
    await until('it has become a replica', async () => {
      const redis = first.as('STEWARD', spreadPassword)
      return (await redis.role())[0] === 'slave'
    })
    await until(
      'nobody is let in there',
      async () => (await readAt(first, 'ana', key, album)) === 'WRONGPASS',
    )
    const second = await spread.primary()
    for (const other of spread.rivals) if (other !== first && other !== second) await other.kill()
    await second.kill()
    await until('it takes over', async () => (await spread.primary()) === first)
    await until('it lets members in', async () => (await readAt(first, 'ana', key, album)) !== 'WRONGPASS')
    expect(await readAt(first, 'ana', key, album)).toBe('NOPERM')
  },
)
