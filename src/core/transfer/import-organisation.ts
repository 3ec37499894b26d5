import { open, type FileHandle } from 'node:fs/promises'
import { resolve } from 'node:path'
import { GalleryError } from '../../shared/errors.ts'
import { foldTitle } from '../albums/albums.ts'
import { ownIdPrefixOf } from '../gallery/ids.ts'
import type { Home } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import { unsoundField } from '../maintenance/check-records.ts'
import { parseEntry } from '../library/index/file-index.ts'
import { onRedis } from '../redis/errors.ts'
import { isNamed } from '../thumbnails/read-thumbnail.ts'
import { maxListed, noParts, type Part, type PartCounts } from './organisation.ts'
import { readOrganisation, unusable } from './read-organisation.ts'
import { WriteOrganisation } from './write-organisation.ts'

/** What names are in a file, to tell what refers to nothing. */
class Names {
  readonly counts: PartCounts = noParts()
  readonly #seen = new Set<string>()
  readonly #wanted = new Map<string, string>()

  /** @throws INVALID for what no gallery can hold */
  add(part: Part) {
    const { list } = part
    const where = `${list}[${this.counts[list]}]`
    this.counts[list]++
    if (!['photos', 'comments', 'files', 'thumbnails'].includes(list) && this.counts[list] > maxListed)
      throw unusable(where, `more than ${maxListed}`)
    for (const name of this.#namesOf(part)) {
      if (this.#seen.has(name)) throw unusable(where, `is there twice: ${name}`)
      this.#seen.add(name)
    }
    for (const refers of this.#refersTo(part)) this.#wanted.set(refers, where)
    this.#check(part, where)
  }

  /** @throws INVALID where an entry names an album or account that the file has not */
  end() {
    for (const [name, where] of this.#wanted)
      if (!this.#seen.has(name)) throw unusable(where, `names what is not in the file: ${name}`)
  }

  #namesOf({ list, part }: Part): string[] {
    if (list === 'accounts' || list === 'groups') return [`${list} ${part.name}`]
    if (list === 'statuses') return [`status ${part.id}`]
    if (list === 'photos') return [`photo ${part.id}`] // a photo is in exactly one album
    if (list === 'comments') return [`comment ${part.album} ${part.writer} ${part.number}`]
    if (list === 'selections') return [`selection ${part.album} ${part.link}`]
    if (list === 'collections') return [`album ${part.id}`]
    if (list !== 'albums') return []
    const title = `title ${ownIdPrefixOf(part.id) ?? ''} ${foldTitle(part.title)}`
    return [`album ${part.id}`, ...(part.deleted === undefined ? [title] : [])]
  }

  #refersTo({ list, part }: Part): string[] {
    const albums = (rights: object) => Object.keys(rights).map((id) => `album ${id}`)
    if (list === 'photos' || list === 'folders' || list === 'comments' || list === 'selections')
      return [`album ${part.album}`]
    if (list === 'collections') return part.photos.map((id) => `photo ${id}`)
    if (list === 'accounts') return albums(part.rights)
    if (list === 'groups') return [...part.members.map((name) => `accounts ${name}`), ...albums(part.rights)]
    return []
  }

  #check({ list, part }: Part, where: string) {
    if (list === 'photos') {
      const field = unsoundField(part.fields)
      if (field !== null) throw unusable(where, `${field} cannot be what it says`)
      if (!part.fields['name'] || !part.fields['digest']) throw unusable(where, 'names no file')
    }
    if (list === 'files' && !parseEntry(part.entry)) throw unusable(where, 'is no entry of a file index')
    if (list === 'thumbnails' && !isNamed(Buffer.from(part.webp, 'base64'), part.name))
      throw unusable(where, 'its bytes are not those that its name tells of')
    const prefix = list === 'accounts' ? part.ownIdPrefix : undefined
    if (list === 'accounts' && prefix !== undefined && !prefix.startsWith(`${part.name}~`))
      throw unusable(where, 'its id prefix is that of another account')
  }
}

const openFile = (file: string): Promise<FileHandle> =>
  open(resolve(file), 'r').catch((cause: unknown) => {
    throw new GalleryError('NOT_FOUND', 'noFile', { path: resolve(file) }, { cause })
  })

/** The gallery has nothing that an import could spoil, but for what an import of the same file left when it was broken off. */
const checkEmpty = async ({ redis, keys }: Session, created: string) => {
  const begun = await redis.hget(keys.meta, 'importing')
  if (begun === created) return
  const [albums, makers, deleted] = await Promise.all([
    redis.scard(keys.albums),
    redis.scard(keys.makers),
    redis.zcard(keys.deletedAlbums),
  ])
  if (begun !== null || albums + makers + deleted > 0)
    throw new GalleryError('CONFLICT', 'organisationNeedsEmpty')
}

/**
 * Reads an organisation file into an empty gallery: albums, photos, tags, order, trash, accounts, groups and rights are then as
 * they were. Accounts come without passwords; those that are there already, the caller's own among them, stay as they are.
 * The file is read twice: all of it is checked before anything is written. Broken off, it is run again.
 * Administrators.
 *
 * @throws INVALID, UNSUPPORTED where the file cannot be used; CONFLICT where the gallery is not empty, or this data folder's
 * host name is in use by another gallery
 */
export const importOrganisation = (session: Session, home: Home, file: string): Promise<PartCounts> =>
  onRedis(async () => {
    if (!session.identity.administrator) throw new GalleryError('FORBIDDEN', 'importNeedsAdministrator')
    const handle = await openFile(file)
    try {
      const names = new Names()
      const head = await readOrganisation(handle, (part) => names.add(part))
      names.end()
      if (home.host !== head.host && home.othersHaveRoots(session.keys.gallery))
        throw new GalleryError('CONFLICT', 'foldersOfAnother', { path: home.path })
      await checkEmpty(session, head.created)
      await session.redis.hset(session.keys.meta, 'importing', head.created)
      const writing = new WriteOrganisation(session, head.host)
      await readOrganisation(handle, (part) => writing.add(part))
      home.adopt(session.keys.gallery, head.host, await writing.end())
      await session.redis.hdel(session.keys.meta, 'importing')
      return names.counts
    } finally {
      await handle.close()
    }
  })
