import { basename, relative, sep } from 'node:path'
import { GalleryError } from '../../shared/errors.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { createAlbum } from '../albums/create-album.ts'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import { readHash } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'

/** Characters. */
const maxTitleLength = 200

/** A title as the schema wants it, out of the name of a folder, which may hold anything. */
const toTitle = (name: string) =>
  name
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .replaceAll('\u{FFFD}', '')
    .trim()
    .slice(0, maxTitleLength) || 'Photos'

const nameOf = (root: string) => basename(root) || 'Photos'

/** The titles for a folder's album, the one that is wanted most first; the last ones are numbered without end. */
function* titlesFor(root: string, folder: string): Generator<string> {
  const below = relative(root, folder).split(sep).join('/')
  const title = toTitle(below || nameOf(root))
  yield title
  const long = below ? toTitle(`${nameOf(root)}/${below}`) : title
  if (long !== title) yield long
  for (let n = 2; ; n++) yield `${long.slice(0, maxTitleLength - 8)} (${n})`
}

/** The albums that the folders of this host feed. */
export class Folders {
  readonly #session: Session
  readonly #known = new Map<string, Promise<string>>()

  constructor(session: Session) {
    this.#session = session
  }

  /** The id of the album that takes the photos of a folder, made where there is none. */
  albumFor(root: RegisteredRoot, folder: string): Promise<string> {
    const key = root.album === null ? folder : `\0${root.album}`
    let album = this.#known.get(key)
    if (!album) {
      album = root.album === null ? this.#ofFolder(root.path, folder) : this.#ofTitle(root.album)
      this.#known.set(key, album)
      album.catch(() => this.#known.delete(key))
    }
    return album
  }

  /** Forgets what is known, as albums may have been deleted since. */
  refresh() {
    this.#known.clear()
  }

  async #ofTitle(title: string) {
    return (await createAlbum(this.#session, { title: toTitle(title) })).id
  }

  async #ofFolder(root: string, folder: string) {
    const { redis, keys, account, host } = this.#session
    const mapped = await onRedis(() => redis.hget(keys.folders(account, host), folder))
    if (mapped && (await this.#isThere(mapped))) return mapped
    for (const title of titlesFor(root, folder)) {
      const { outcome, id } = await createAlbum(this.#session, { title, folder, gone: mapped ?? '' })
      if (outcome !== 'taken') return id
    }
    throw new GalleryError('CONFLICT', 'noFolderTitle', { folder })
  }

  /** An album in the trash takes no photos: its folder gets another one. */
  #isThere(album: string) {
    const { redis, keys } = this.#session
    return onRedis(async () => {
      const { title, deleted } = await readHash(redis, keys.albumInfo(album), {
        title: maxTitleBytes,
        deleted: 32,
      })
      return title !== undefined && deleted === undefined
    })
  }
}
