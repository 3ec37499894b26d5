import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { GalleryError } from '../../../shared/errors.ts'
import type { MissingPhoto } from '../../../shared/schemas/library.ts'
import type { Session } from '../../gallery/session.ts'
import { onRedis } from '../../redis/errors.ts'
import type { Decoder } from '../decode/pool.ts'
import { isParked, placeOf } from '../index/file-index.ts'
import { isContent } from '../index/first-digest.ts'
import { locate } from './locate-photo.ts'
import type { Presence } from './presence.ts'
import { exists } from '../roots/walk.ts'
import type { TakeIn } from '../take-in.ts'

interface MissingParts {
  session: Session
  decoder: Pick<Decoder, 'digest'>
  takeIn: TakeIn
  presence: Presence
}

/** The file that a user means: the one named, or that of this name in the folder named. */
const foundFile = async (named: string, name: string): Promise<string> => {
  const path = await realpath(named).catch(() => named)
  const stats = await lstat(path).catch(() => null)
  return stats?.isDirectory() ? join(path, name) : path
}

/** Photos whose files are gone, and what users say of them. */
export class MissingPhotos {
  readonly #parts: MissingParts

  constructor(parts: MissingParts) {
    this.#parts = parts
  }

  /** Those that are not in the trash. */
  async list(): Promise<MissingPhoto[]> {
    const { session, takeIn } = this.#parts
    const { redis, keys } = session
    const found: MissingPhoto[] = []
    for (const [path, entry] of takeIn.known.entries) {
      if (!entry.missing) continue
      const album = await locate(session, entry)
      const trashed = album && (await onRedis(() => redis.hexists(keys.photo(album, entry.photo), 'trashed')))
      if (album && !trashed) found.push({ album, photo: entry.photo, path: placeOf(path) })
    }
    return found
  }

  /** The files of a folder that is away are gone for good. */
  async confirm(folder: string): Promise<void> {
    const { takeIn, presence } = this.#parts
    const lost = [...takeIn.known.entries.keys()].filter(
      (path) => dirname(path) === folder && !isParked(path),
    )
    for (const path of lost) if (!(await exists(path))) await presence.lose(path)
  }

  /**
   * The file of a missing photo lies in this folder, or is this file: returns its path, which is to be read. CONFLICT where it holds
   * something else and `differs` is not set; NOT_FOUND where there is none.
   */
  async found(photo: string, to: string, differs: boolean): Promise<string> {
    const { takeIn, decoder } = this.#parts
    const [indexed] = takeIn.known.pathsOfPhoto(photo)
    const entry = indexed === undefined ? undefined : takeIn.known.entries.get(indexed)
    if (indexed === undefined || !entry?.missing) throw new GalleryError('NOT_FOUND', 'notMissing')
    const path = await foundFile(to, basename(placeOf(indexed)))
    const now = await decoder.digest(path)
    if (now.kind !== 'digest') throw new GalleryError('NOT_FOUND', 'noFolder', { path })
    const isOther = !isContent(entry.digest, now)
    if (isOther && !differs) throw new GalleryError('CONFLICT', 'locatedDiffers', { path })
    if (isOther) await takeIn.assign(photo, path)
    return path
  }
}
