import { hasCode } from '../../shared/errors.ts'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import type { Entry, FileIndex } from './file-index.ts'
import type { Progress } from './progress.ts'
import { isOnline } from './roots.ts'
import { exists } from './walk.ts'
import { changePhoto, markMissing, noteEntry, relocatePhoto, type NewPhoto } from './photo-writer.ts'

export interface ReconcilerParts {
  session: Session
  fileIndex: FileIndex
  progress: Progress
  rootOf: (path: string) => RegisteredRoot | null
}

interface FileState {
  size: number
  mtime: number
}

/** Brings photos that the gallery has into step with their files. */
export class Reconciler {
  readonly #parts: ReconcilerParts

  constructor(parts: ReconcilerParts) {
    this.#parts = parts
  }

  /** A file was read. False where it is none that the gallery has, so that it makes a new photo. */
  async accept(photo: NewPhoto, entry: Entry | undefined): Promise<boolean> {
    const { path, read } = photo
    if (!entry) return this.#goesOn(photo)
    if (entry.digest !== read.digest) await this.#change(entry, photo)
    else if (entry.missing) await this.relocate(entry, path, path, { size: read.bytes, mtime: read.mtime })
    else {
      // Same content, other date: nothing changed, but that is only known once the file was read.
      await this.#note(path, { ...entry, size: read.bytes, mtime: read.mtime })
      this.#parts.progress.done('unchanged')
    }
    return true
  }

  /** The file of a photo lies elsewhere now, or is back. */
  async relocate(entry: Entry, from: string, to: string, { size, mtime }: FileState) {
    const { session, fileIndex, progress } = this.#parts
    const next = await relocatePhoto(session, entry, from, to, { size, mtime })
    fileIndex.delete(from)
    if (next) fileIndex.set(to, next)
    else await this.#note(to, { ...entry, size, mtime, missing: false })
    progress.done(next ? 'changed' : 'unchanged')
  }

  /** The file of a photo has gone. */
  async lose(path: string) {
    const { session, fileIndex } = this.#parts
    const entry = fileIndex.entries.get(path)
    if (!entry || entry.missing) return
    const next = await markMissing(session, entry, path)
    fileIndex.set(path, next ?? { ...entry, missing: true })
  }

  async #change(entry: Entry, photo: NewPhoto) {
    const { session, fileIndex, progress } = this.#parts
    const { path, read } = photo
    const next = await changePhoto(session, entry, photo)
    if (next) fileIndex.set(path, next)
    else await this.#note(path, { ...entry, size: read.bytes, mtime: read.mtime, missing: false })
    progress.done(next ? 'changed' : 'unchanged')
  }

  /** Notes a file as known as it is now. That of a photo that somebody removed is thus not taken in again. */
  async #note(path: string, entry: Entry) {
    await noteEntry(this.#parts.session, path, entry)
    this.#parts.fileIndex.set(path, entry)
  }

  /** Whether the content is that of a photo whose file has gone, which then goes on with this one. */
  async #goesOn({ path, read }: NewPhoto): Promise<boolean> {
    const moved = await this.#movedFrom(read.digest)
    if (!moved) return false
    try {
      await this.relocate(moved.entry, moved.path, path, { size: read.bytes, mtime: read.mtime })
      return true
    } catch (error) {
      this.#parts.fileIndex.set(moved.path, moved.entry)
      if (hasCode(error, 'CONFLICT')) return false // another process took the file in
      throw error
    }
  }

  /** The photo that had this content, unless its file is where it was, or on a drive that is not there now. */
  async #movedFrom(digest: string) {
    const { fileIndex, rootOf } = this.#parts
    for (const path of fileIndex.pathsOf(digest)) {
      const entry = fileIndex.entries.get(path)
      if (!entry || (await exists(path))) continue
      const root = rootOf(path)
      const reachable = root === null || root.restored || (await isOnline(root, true))
      if (!reachable || fileIndex.entries.get(path) !== entry) continue
      fileIndex.delete(path) // claimed: a second file with this content is a photo of its own
      return { path, entry }
    }
    return null
  }
}
