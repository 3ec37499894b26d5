import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import type { Pairing } from '../../stacks/pairing.ts'
import { Batches } from './batch-writer.ts'
import type { Decisions } from '../recognition/decisions.ts'
import type { Decoder } from '../decode/pool.ts'
import type { Entry, FileIndex } from '../index/file-index.ts'
import type { Folders } from './folder-albums.ts'
import { datedBy } from '../name-date.ts'
import { readState, type NewPhoto } from './photo-fields.ts'
import type { Noted, Presence } from '../recognition/presence.ts'
import type { FoundFile } from '../roots/walk.ts'
import type { Written } from '../taken.ts'

interface NewPhotosParts {
  session: Session
  fileIndex: FileIndex
  decoder: Pick<Decoder, 'firstLooks'>
  decisions: Decisions
  presence: Presence
  rootOf: (path: string) => RegisteredRoot | null
  folders: Folders
  pairing: Pairing
}

/** Photos that the gallery has not had, from their first looks to their batches. */
export class NewPhotos {
  readonly #parts: NewPhotosParts
  readonly #batches: Batches

  constructor(parts: NewPhotosParts) {
    this.#parts = parts
    this.#batches = new Batches(parts.session, parts.folders, parts.rootOf)
  }

  /**
   * Adds photos by first looks at their files, before these have their turns. A file that may hold what some photo held is left to its
   * turn: one of the size of a file that was read whole, as its beginning alone does not tell, or with the beginning of one that
   * was not. Never rejects: what goes wrong goes wrong again then, and is told.
   */
  async look(files: FoundFile[]): Promise<void> {
    const { fileIndex, decoder, rootOf, presence } = this.#parts
    const isFresh = ({ path, size }: { path: string; size: number }) =>
      !fileIndex.entries.has(path) && !fileIndex.hasWholeSize(size)
    const fresh = files.filter(isFresh)
    if (fresh.length === 0) return
    const noted = presence.reading()
    const found = await decoder.firstLooks(fresh.map(({ path, sidecars = [] }) => ({ path, sidecars })))
    const isNew = ({ path, read }: NewPhoto) =>
      isFresh({ path, size: read.bytes }) && fileIndex.pathsOf(read.digest).length === 0
    const photos = found
      .flatMap((read, i) => (read ? [datedBy(rootOf, { path: fresh[i]?.path ?? '', read })] : []))
      .filter(isNew)
    await Promise.allSettled(photos.map(async (photo) => (await this.add(photo, true, noted)).written))
  }

  /** The photo is a new one: it is written with its batch. `noted`: see Presence.reading. */
  async add(photo: NewPhoto, urgent: boolean, noted: Noted): Promise<Written> {
    return this.#settle(photo, await this.#batches.add(photo, urgent), noted)
  }

  #settle(photo: NewPhoto, { written }: Awaited<ReturnType<Batches['add']>>, noted: Noted): Written {
    return {
      written: written.then(async (entry) => {
        if (entry === null) return 'dropped'
        if ('error' in entry) return entry
        this.#parts.fileIndex.set(photo.path, entry)
        this.#parts.pairing.note(photo.path)
        // What goes wrong with it is told by the next scan.
        await noted(photo.path, readState(photo)).catch(() => undefined)
        return 'added'
      }),
    }
  }

  /** The same of one that a first look at the same content added before; null where there is none. */
  async complete(photo: NewPhoto, urgent: boolean, noted: Noted): Promise<Written | null> {
    const first = await this.#firstOf(photo)
    return first && this.#settle(photo, await this.#batches.complete(first, photo, urgent), noted)
  }

  /** Writes the photos that wait for their batch to fill. */
  flush(): Promise<void> {
    return this.#batches.flush()
  }

  /** The entry of a photo that a first look at the same content added; null where there is none. */
  #firstOf({ path, read }: NewPhoto): Promise<Entry | null> {
    return this.#parts.decisions.inTurn(() => {
      const entry = this.#parts.fileIndex.entries.get(path)
      return Promise.resolve(entry && !entry.missing && entry.digest === read.first ? entry : null)
    })
  }
}
