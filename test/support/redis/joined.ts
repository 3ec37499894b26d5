/** A gallery on servers of its own with an account, as a desktop finds it that wants to join. */
import { onTestFinished } from 'vitest'
import { createAccount } from '../../../src/core/access/accounts.ts'
import { setRights } from '../../../src/core/access/grants.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import type { Gallery } from '../../../src/core/gallery/gallery.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'

export const anaPassword = 'correct horse battery'

/** The gallery that an environment names, open as its administrator, with the album Corsica, which ana may read. */
export const foundForAna = async (env: NodeJS.ProcessEnv): Promise<Gallery> => {
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const self = await gallery.self()
  const { id } = await createAlbum(self, { title: 'Corsica' })
  const key = await deriveKey(gallery.id, 'ana', anaPassword)
  await createAccount(self, { name: 'ana', role: 'member', canCreateAlbums: false, key })
  await setRights(self, [{ subject: 'account:ana', album: id, right: 'read' }])
  return gallery
}
