import { basename, relative, sep } from 'node:path'
import { GalleryError, hasCode } from '../../../shared/errors.ts'
import { maxTitleBytes } from '../../albums/albums.ts'
import { renameAlbums } from '../../changes/album.ts'
import { FolderHeirs, type HeirParts, type MappedFolder } from '../recognition/folder-heirs.ts'
import { createAlbum } from '../../albums/create-album.ts'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import { readHash } from '../../redis/claims.ts'
import { onRedis } from '../../redis/errors.ts'
import type { Session } from '../../gallery/session.ts'

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

const depthOf = (folder: string) => folder.split(sep).length

/** Whether an album's title is one that its folder gave it, so that nobody chose it. */
const isDerived = (title: string, folder: string): boolean => {
  const plain = title.replace(/ \(\d+\)$/, '')
  const parts = folder.split(sep)
  return Array.from({ length: depthOf(folder) }, (_, from) => toTitle(parts.slice(from).join('/'))).some(
    (derived) => derived === title || derived.slice(0, maxTitleLength - 8) === plain || derived === plain,
  )
}

/** Titles that are tried for an album that follows its folder, before it keeps the one that it has. */
const maxTitlesTried = 20

/** The albums that the folders of this host feed. */
export class Folders {
  readonly #session: Session
  readonly #known = new Map<string, Promise<string>>()

  readonly #heirs: FolderHeirs

  constructor(parts: HeirParts) {
    this.#session = parts.session
    this.#heirs = new FolderHeirs(parts)
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
    this.#heirs.refresh()
  }

  /** A photo came into a folder from another one: where it came with the whole folder, the album follows. */
  async follow(root: RegisteredRoot, folder: string): Promise<void> {
    if (root.album !== null || this.#known.has(folder)) return
    const { redis, keys, account, host } = this.#session
    const mapped = await onRedis(() => redis.hget(keys.folders(account, host), folder))
    if (mapped) return
    const album = await this.#inherit(root.path, folder)
    if (album) this.#known.set(folder, Promise.resolve(album))
  }

  /** The album of the folder that this one was until it was renamed or moved; null where it is a new one. */
  async #inherit(root: string, folder: string): Promise<string | null> {
    const before = await this.#heirs.predecessor(folder)
    if (!before || !(await this.#isThere(before.album))) return null
    const { redis, keys, account, host } = this.#session
    const key = keys.folders(account, host)
    await onRedis(() => redis.hset(key, folder, before.album))
    await onRedis(() => redis.hdel(key, before.folder))
    this.#known.delete(before.folder)
    this.#heirs.refresh()
    await this.#retitle(before, root, folder)
    return before.album
  }

  /** The title follows, unless somebody chose it. */
  async #retitle({ folder: old, album }: MappedFolder, root: string, folder: string): Promise<void> {
    const { redis, keys } = this.#session
    const { title: from } = await readHash(redis, keys.albumInfo(album), { title: maxTitleBytes })
    if (from === undefined || !isDerived(from, old)) return
    let tried = 0
    for (const to of titlesFor(root, folder)) {
      if (to === from || ++tried > maxTitlesTried) return
      const change = { kind: 'rename-albums' as const, titles: [{ album, from, to }] }
      try {
        await renameAlbums({ session: this.#session, act: '', mode: 'strict' }, change)
        return
      } catch (error) {
        if (hasCode(error, 'FORBIDDEN') || hasCode(error, 'NOT_FOUND')) return
        if (!hasCode(error, 'CONFLICT')) throw error
      }
    }
  }

  async #ofTitle(title: string) {
    return (await createAlbum(this.#session, { title: toTitle(title) })).id
  }

  async #ofFolder(root: string, folder: string) {
    const { redis, keys, account, host } = this.#session
    const mapped = await onRedis(() => redis.hget(keys.folders(account, host), folder))
    if (mapped && (await this.#isThere(mapped))) return mapped
    const inherited = mapped ? null : await this.#inherit(root, folder)
    if (inherited) return inherited
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
