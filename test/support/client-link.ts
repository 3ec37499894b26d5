import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { createShare } from '../../src/core/access/shares.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { deriveKey } from '../../src/core/gallery/credentials.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { newName } from '../../src/shared/domain/random-ids.ts'
import { shareLink, shareSecret } from '../../src/shared/domain/share-link.ts'
import { drawPhoto } from './pictures/photos.ts'
import type { TestServer } from './server.ts'
import { temporaryFolder } from './temporary.ts'
import { takenInMs } from './window.ts'

const secret = 'abcdefghijklmnopqrstuv'

/** A link to an album whose visitors may do all that visitors may: choose three photos, comment, download and send photos. */
export const clientLink = async ({ env, origin }: TestServer, title: string): Promise<string> => {
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const album = await vi.waitFor(
    async () => {
      const found = (await listAlbums(owner)).find((one) => one.title === title)
      if (!found) throw new Error(`${title} is not taken in yet`)
      return found.id
    },
    { timeout: takenInMs, interval: 200 },
  )
  const name = `share~${newName()}`
  await createShare(owner, {
    ...{ name, album, label: 'Wedding', expires: '2090-01-01T00:00:00Z', uploads: 1e9 },
    answers: { comments: true, selection: 3, closed: false },
    ...{ key: await deriveKey(gallery.id, name, shareSecret(secret, '')), hasPassword: false },
  })
  return shareLink(origin, name, secret, false)
}

/** A photo that a visitor sends. */
export const drawToSend = async (hue: number): Promise<string> => {
  const file = join(temporaryFolder(), `sent-${hue}.jpg`)
  await drawPhoto(file, { hue, width: 421 })
  return file
}
