import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { openLibrary } from '../../../src/core/library/watched-library.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { spreadEnvironment, startSentinels } from '../../support/redis/spread.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** What a server does that follows folders, as one of several with the same host and account. */
const startFollowing = async (url: string, host = 'nas.example') => {
  const env = spreadEnvironment(url, { CIMAISE_HOST: host })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const session = await gallery.service('library')
  const library = await openLibrary(session, gallery.home, { watch: true, steward: await gallery.steward() })
  onTestFinished(() => library.close())
  /** Files that were taken in, or found to be known, since it last had nothing to do. */
  const taken = () => library.status().done
  return { session, library, taken }
}

test('a folder that two servers share is followed by one of them, until that one closes', async () => {
  const { url } = await startSentinels()
  const folder = temporaryFolder()
  await drawPhotos(join(folder, 'Corsica'), 3)
  const [a, b] = [await startFollowing(url), await startFollowing(url)]
  await a.library.add([folder])
  await b.library.add([folder])
  const count = async () => (await listAlbums(a.session)).map(({ photos }) => photos)
  await expect.poll(count).toEqual([3])
  await a.library.settled()
  expect([a.taken(), b.taken()]).toEqual([3, 0])
  await drawPhotos(join(folder, 'Corsica'), 2, 10)
  await expect.poll(count).toEqual([5])
  await a.library.settled()
  // One of the two may have been taken in before the other was seen: what is counted is since there was last nothing to do.
  expect(a.taken()).toBeGreaterThan(0)
  expect(b.taken()).toBe(0)
  expect((await b.library.roots())[0]).toMatchObject({ online: true, watched: true })
  await a.library.close()
  await expect.poll(() => b.taken()).toBe(5)
  await drawPhotos(join(folder, 'Corsica'), 1, 20)
  await expect.poll(async () => (await listAlbums(b.session)).map(({ photos }) => photos)).toEqual([6])
})

test('servers with hosts of their own follow folders of their own, and one name that is no host’s is refused', async () => {
  const { url } = await startSentinels()
  const folder = temporaryFolder()
  await drawPhotos(join(folder, 'Corsica'), 2)
  const [a, b] = [await startFollowing(url, 'one'), await startFollowing(url, 'two')]
  await a.library.add([folder])
  await a.library.settled()
  await b.library.add([folder])
  await expect.poll(() => [a.taken(), b.taken()]).toEqual([2, 2])
  await expect(startFollowing(url, 'no host')).rejects.toMatchObject({ code: 'INVALID' })
})
