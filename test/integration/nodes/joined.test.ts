import { describe, expect, onTestFinished, test } from 'vitest'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { asJoined, lookForGallery } from '../../../src/core/gallery/joined.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { parseRedisUrl } from '../../../src/core/redis/address.ts'
import { galleryKeys } from '../../../src/core/redis/keys.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { anaPassword, foundForAna } from '../../support/redis/joined.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { spreadEnvironment, spreadKinds } from '../../support/redis/spread.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const keys = galleryKeys('cimaise')

const openAt = async (url: string, id: string) => {
  const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-') })
  const gallery = await openGallery({ env, joined: { address: parseRedisUrl(url), id } })
  onTestFinished(() => gallery.close())
  return gallery
}

describe.each(spreadKinds)('a computer that joins a gallery behind %s', (_, start) => {
  test(
    'is a guest until somebody logs in; an administrator sees each server, a member is refused by Redis',
    { timeout: 90_000 },
    async () => {
      const { url, nodes } = await start()
      const founded = await foundForAna(spreadEnvironment(url))
      const id = await lookForGallery(parseRedisUrl(url), keys)
      expect(id).toBe(founded.id)

      const gallery = await openAt(url, id)
      expect((await gallery.self()).guest).toBe(true)
      expect(gallery.owned).toBe(false)
      const logIn = async (account: string, password: string) =>
        gallery.login(account, await deriveKey(gallery.id, account, password))
      await expect(logIn('ana', 'wrong')).rejects.toMatchObject({ code: 'FORBIDDEN' })
      const ana = await logIn('ana', anaPassword)
      await expect(gallery.nodes(ana)).rejects.toMatchObject({ code: 'FORBIDDEN' })

      const root = await logIn('root', 'correct horse')
      await gallery.administer(root)
      const primaries = nodes.length === 6 ? 3 : 1
      await expect
        .poll(async () => (await gallery.nodes(root)).filter(({ inStep }) => inStep))
        .toHaveLength(nodes.length)
      const seen = await gallery.nodes(root)
      expect(seen.map(({ name }) => name)).toEqual(nodes.map(({ name }) => name).toSorted())
      expect(seen.filter(({ role }) => role === 'primary')).toHaveLength(primaries)
      expect(seen.every(({ memory }) => memory !== null && memory.used > 0)).toBe(true)
    },
  )
})

test('where there is no gallery, or another than the one that was joined, it is said and nothing is made there', async () => {
  const { url } = await startRedis()
  const address = parseRedisUrl(url)
  const none = { code: 'NOT_FOUND', text: { id: 'joinNoGallery' } }
  await expect(asJoined(() => lookForGallery(address, keys))).rejects.toMatchObject(none)
  await expect(openAt(url, 'abc')).rejects.toMatchObject(none)

  const gallery = await foundForAna(
    cleanEnvironment({
      CIMAISE_HOME: temporaryFolder('cimaise-home-'),
      CIMAISE_REDIS_URL: url,
      CIMAISE_ACCOUNT: 'root',
      CIMAISE_PASSWORD: 'of an administrator',
    }),
  )
  const { redis } = await gallery.self()
  expect(await redis.smembers(keys.administrators)).toEqual(['root'])
  await expect(openAt(url, 'abc')).rejects.toMatchObject({
    code: 'CONFLICT',
    text: { id: 'joinOtherGallery' },
  })
})
