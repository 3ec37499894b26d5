import type { Album } from '../../shared/schemas/album.ts'
import type { SessionInfo } from '../../shared/schemas/gallery.ts'

type Who = Pick<SessionInfo, 'account' | 'administrator' | 'canCreateAlbums'> | null

/** An album that an account made as its own has an id that begins with the account's name: core/gallery/ids.ts. */
const isOwn = (account: string, album: string) =>
  album.startsWith(`${account}~`) && /^[0-9A-Za-z]{12}$/.test(album.slice(account.length + 1))

/**
 * Whether an account may rename all of some albums: administrators may rename each, others those that they made as their
 * own. Redis decides; this tells what to offer.
 */
export const mayRename = (who: Who, albums: Pick<Album, 'id'>[]): boolean => {
  if (who === null || albums.length === 0) return false
  return who.administrator || (who.canCreateAlbums && albums.every(({ id }) => isOwn(who.account, id)))
}
