import { foldTitle } from './albums.ts'
import { registryForNew } from './album-registry.ts'
import { idPrefixOf, newAlbumFamily } from '../gallery/ids.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Session } from '../gallery/session.ts'

export interface NewAlbum {
  title: string
  /** The folder of this host that it is for. */
  folder?: string
  /** The album that the folder was for, which is gone. */
  gone?: string
  /** The operation that it belongs to. */
  act?: string
}

/**
 * Makes an album. Answers `made` with its id, `taken` with the album that has the title, or `mapped` with the one that the
 * folder has got meanwhile. Administrators, and accounts that may make albums.
 */
export const createAlbum = async (
  session: Session,
  { title, folder = '', gone = '', act = '' }: NewAlbum,
): Promise<{ outcome: 'made' | 'mapped' | 'taken'; id: string }> => {
  const { redis, keys, account, host } = session
  const idPrefix = session.identity.ownIdPrefix ?? idPrefixOf(account)
  const { albums, titles, events } = registryForNew(session)
  const touched = [
    keys.acts(account),
    titles,
    albums,
    keys.albumKeys(idPrefix),
    events,
    keys.folders(account, host),
    keys.albumFamily(idPrefix),
  ]
  const created = new Date().toISOString()
  const args = [idPrefix, title, foldTitle(title), created, account, folder, gone, act, ...newAlbumFamily()]
  const [outcome, id] = await callFunction(redis, 'create-album', touched, args)
  return { outcome, id }
}
