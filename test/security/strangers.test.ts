import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { publish } from '../../src/core/access/grants.ts'
import { createShare } from '../../src/core/access/shares.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { pageOfPhotos } from '../../src/core/photos/photos.ts'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import { clientOf, type Client } from '../support/client.ts'
import { drawPhotos } from '../support/pictures/photos.ts'
import { change } from '../support/organise.ts'
import { logIn, logInAs, startServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** A server whose one album everybody may see, and a share link to it. */
const served = async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Harbour'), 3)
  const server = await startServer(['--watch', root])
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  await expect.poll(async () => (await listAlbums(owner))[0]?.photos).toBe(3)
  const album = (await listAlbums(owner))[0]?.id ?? ''
  await publish(owner, album, true)
  const share = { name: 'share~Abcd1234', key: newKey(), album, label: '', hasPassword: false }
  await createShare(owner, { ...share, expires: new Date(Date.now() + 3_600_000).toISOString() })
  const { photos } = await pageOfPhotos(owner, { album, sort: 'taken', descending: false }, 0, 10)
  const values = photos.map(({ id }, i) => ({ photo: id, to: i === 0 ? 'delivered' : null }))
  await change(owner, [{ kind: 'edit', album, field: 'status', values }])
  return {
    album,
    // What tells of a machine: where the folders are, what it is called, and where its Redis is; and of the work on a photo.
    secrets: [
      'delivered',
      root,
      hostname(),
      server.env['CIMAISE_REDIS_URL']?.replace(/^redis:\/\//, '') ?? '',
    ],
    owner: clientOf(server, await logIn(server)),
    guest: clientOf(server, ''),
    visitor: clientOf(server, await logInAs(server, share.name, share.key)),
  }
}

/** Everything that whoever sees an album may ask of it, as text. */
const allToldTo = async ({ gallery, albums, photos, tags }: Client, album: string) => {
  const view = { album, sort: 'taken', descending: false } as const
  const page = { view, offset: 0, limit: 10 }
  const seen = await photos.list({ album, offset: 0, limit: 10 })
  const photo = seen[0]?.id ?? ''
  const told = [
    seen,
    await photos.common({ photos: seen.map(({ id }) => `${album}/${id}`) }),
    await gallery.statuses(),
    ...(await Promise.all([gallery.session(), albums.list(), tags.list(), photos.page(page)])),
    ...(await Promise.all([
      photos.details(page),
      photos.show({ album, photo }),
      photos.files({ album, photo }),
    ])),
  ]
  expect(seen).toHaveLength(3)
  return JSON.stringify(told)
}

test('guests and visitors of a share link are told no path, computer, Redis or status, and not who did what', async () => {
  const { album, secrets, owner, guest, visitor } = await served()
  const toOwner = await allToldTo(owner, album)
  for (const secret of secrets) expect(toOwner).toContain(secret)
  for (const stranger of [guest, visitor]) {
    const told = await allToldTo(stranger, album)
    for (const secret of secrets) expect(told).not.toContain(secret)
    await expect(stranger.activity.list({ album, limit: 50 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  expect(await owner.activity.list({ album, limit: 50 })).not.toEqual([])
})
