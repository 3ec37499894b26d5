import { afterEach, expect, test, vi } from 'vitest'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { createShare } from '../../../src/core/access/shares.ts'
import { Sessions } from '../../../src/server/sessions.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'
import { addAccount } from '../../support/accounts.ts'

const day = 24 * 60 * 60 * 1000

afterEach(() => void vi.useRealTimers())

/** The clock of this computer, set by so much. */
const jump = (by: number) => {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: now + by })
}

test('a session that is not used for a week ends, and its connection with it', async () => {
  const { gallery } = await startGallery()
  const { session } = await addAccount(gallery, await gallery.self(), 'ana')
  const sessions = new Sessions()
  const token = sessions.start(session, { own: true })
  jump(6 * day)
  expect((await sessions.find(token))?.account).toBe('ana')
  jump(8 * day)
  expect(await sessions.find(token)).toBe(null)
  await expect.poll(() => session.redis.status).toBe('end')
  jump(-8 * day)
  expect(await sessions.find(token)).toBe(null)
  sessions.close()
})

test('a clock that is set back ends no session', async () => {
  const { gallery } = await startGallery()
  const { session } = await addAccount(gallery, await gallery.self(), 'ana')
  const sessions = new Sessions()
  const token = sessions.start(session, { own: true })
  jump(-400 * day)
  expect((await sessions.find(token))?.account).toBe('ana')
  sessions.close()
})

test('links end by the clock of Redis, whatever this computer’s says', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 1)
  const soon = new Date(Date.now() + 3600_000).toISOString()
  const past = new Date(Date.now() - 3600_000).toISOString()
  const share = { album, label: '', hasPassword: false, key: newKey() }
  jump(400 * day)
  await createShare(owner, { ...share, name: 'share~Abcd1234', expires: soon })
  expect((await gallery.login('share~Abcd1234', share.key)).identity.share).toBe(true)
  jump(-800 * day)
  await expect(createShare(owner, { ...share, name: 'share~Efgh5678', expires: past })).rejects.toMatchObject(
    { code: 'INVALID' },
  )
})
