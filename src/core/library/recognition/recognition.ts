import { dirname } from 'node:path'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import type { Pairing } from '../../stacks/pairing.ts'
import type { Decoder } from '../decode/pool.ts'
import type { FailedFiles } from '../index/failed-files.ts'
import type { FileState } from '../index/file-identity.ts'
import { atHand, isParked, parkedPath, placeOf, type Entry, type FileIndex } from '../index/file-index.ts'
import { isContent, type Content } from '../index/first-digest.ts'
import type { Folders } from '../writing/folder-albums.ts'
import { forgetEntry, noteEntry } from '../index/index-writer.ts'
import { doNamesTell, nameDate } from '../name-date.ts'
import { isBackEdited } from './offline-files.ts'
import { asRead, type NewPhoto } from '../writing/photo-fields.ts'
import { changePhoto, parkPhoto, relocatePhoto } from '../writing/photo-writer.ts'
import type { Presence } from './presence.ts'
import { exists } from '../roots/walk.ts'
import { byLikeness, isVacated } from './whereabouts.ts'

interface RecognitionParts {
  session: Session
  fileIndex: FileIndex
  decoder: Pick<Decoder, 'digest'>
  rootOf: (path: string) => RegisteredRoot | null
  presence: Presence
  failed: FailedFiles
  folders: Folders
  pairing: Pairing
  /** A photo has left a path where there is a file all the same: that is worth a look. */
  vacated: (path: string) => void
}

/**
 * Which photo a file is. The content decides first and the name second: a file that changed is an edit only where what it held
 * before is in no other file. All of it happens within a decision.
 */
export class Recognition {
  readonly #parts: RecognitionParts

  constructor(parts: RecognitionParts) {
    this.#parts = parts
  }

  /**
   * Says which photo a file is by what it holds. Null: none that the gallery has. `growing`: it has changed since it was read;
   * `unsettled`: another file may hold what it held, or its folder is another one by now, which is to be read first.
   */
  async recognise(
    path: string,
    content: Content,
    state: FileState,
    settled: boolean,
  ): Promise<'changed' | 'unchanged' | 'growing' | 'unsettled' | null> {
    const isAsRead = await this.#parts.presence.isAsRead(path, state)
    if (isAsRead !== 'yes') return isAsRead === 'changed' ? 'growing' : 'unsettled'
    const entry = this.#parts.fileIndex.entries.get(path)
    if (entry && isContent(entry.digest, content)) {
      await this.#parts.failed.forget(path)
      if (entry.missing) return this.relocate(entry, path, path, state)
      // Same content, other date: nothing changed, but that is only known once the file was read.
      await this.#note(path, atHand(entry, state))
      return 'unchanged' as const
    }
    const moved = await this.#findVacated(path, content, state)
    if (moved) {
      if (entry) await this.#park(entry, path)
      await this.#parts.failed.forget(path)
      return this.relocate(moved.entry, moved.path, path, state)
    }
    return entry && !entry.missing && !settled ? ('unsettled' as const) : null
  }

  /**
   * Another content at a path that had a photo: an edit, and the photo stays. Where the photo had lost its file before, it is
   * another picture, which only has that name; where it was away with its drive, it may be. Null: the file is a new photo.
   */
  async replace(photo: NewPhoto): Promise<'changed' | 'unchanged' | null> {
    const { path } = photo
    const entry = this.#parts.fileIndex.entries.get(path)
    if (!entry) return null
    const { away } = entry
    const known = this.#parts.fileIndex
    if (
      entry.missing ||
      (away !== undefined && !(await isBackEdited(this.#parts.session, known, { ...entry, away }, photo)))
    ) {
      await this.#park(entry, path)
      return null
    }
    const next = await changePhoto(this.#parts.session, entry, photo)
    if (next) this.#parts.fileIndex.set(path, next)
    // A user removed the photo: its file is known by its new content, and stays out.
    else await this.#note(path, { ...atHand(entry), ...asRead(photo) })
    return next ? 'changed' : 'unchanged'
  }

  /** The photo that had this content, where its own file holds it no longer. */
  async #findVacated(found: string, { digest, first = digest }: Content, { ino }: FileState) {
    const parts = this.#parts
    const alike = new Set([...this.#parts.fileIndex.pathsOf(digest), ...this.#parts.fileIndex.pathsOf(first)])
    const known = [...alike].flatMap((path): [string, Entry][] => {
      const entry = this.#parts.fileIndex.entries.get(path)
      return entry && path !== found ? [[path, entry]] : []
    })
    for (const [path, entry] of known.sort(byLikeness(found, ino))) {
      if (!(await isVacated(path, entry, found, parts))) continue
      const now = this.#parts.fileIndex.entries.get(path) // a user may have moved the photo to another album meanwhile
      if (now?.photo === entry.photo) return { path, entry: now }
    }
    return null
  }

  /** Another photo's content has taken this one's path: it waits for its own to be found. */
  async #park(entry: Entry, path: string) {
    const parked = parkedPath(path, entry.photo)
    const next = await parkPhoto(this.#parts.session, entry, path)
    if (!next) await this.#noteMoved(path, parked, { ...entry, missing: true })
    this.#parts.fileIndex.delete(path)
    this.#parts.fileIndex.set(parked, next ?? { ...entry, missing: true })
  }

  /** The file of a photo lies elsewhere now, or is back. */
  async relocate(was: Entry, from: string, to: string, state: FileState): Promise<'changed' | 'unchanged'> {
    const dateAt = (path: string) =>
      doNamesTell(this.#parts.rootOf, path) ? nameDate(path)?.text : undefined
    const entry = dateAt(placeOf(from)) === dateAt(to) ? was : { ...was, reader: 0 }
    const next = await relocatePhoto(this.#parts.session, entry, from, to, state)
    if (!next) await this.#noteMoved(from, to, atHand(entry, state))
    this.#parts.fileIndex.delete(from)
    this.#parts.fileIndex.set(to, next ?? atHand(entry, state))
    const root = this.#parts.rootOf(to)
    if (root && dirname(placeOf(from)) !== dirname(to)) await this.#parts.folders.follow(root, dirname(to))
    this.#parts.pairing.note(to)
    if (from !== to && !isParked(from) && (await exists(from))) this.#parts.vacated(from)
    return next ? 'changed' : 'unchanged'
  }

  /** The same for a photo that a user removed: its content stays known, and stays out. */
  async #noteMoved(from: string, to: string, entry: Entry) {
    await noteEntry(this.#parts.session, to, entry)
    if (from !== to) await forgetEntry(this.#parts.session, from)
  }

  /** Notes a file as known as it is now. That of a photo that a user removed is thus not taken in again. */
  async #note(path: string, entry: Entry) {
    await noteEntry(this.#parts.session, path, entry)
    this.#parts.fileIndex.set(path, entry)
  }
}
