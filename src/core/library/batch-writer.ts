import { dirname } from 'node:path'
import { hasCode } from '../../shared/errors.ts'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import type { Folders } from './folder-albums.ts'
import type { Entry } from './file-index.ts'
import { whileAway } from './retry.ts'
import { addPhotos, type NewPhoto } from './photo-writer.ts'

/** Photos written in one step: few enough that Redis answers others in between, and that little is done twice. */
const batchSize = 64
/** A batch that does not fill is written after this time, in milliseconds. */
const batchDelayMs = 100

/** What became of a photo; null where its folder is not registered any more. */
type Written = Entry | null | { error: unknown }

interface Waiting {
  photo: NewPhoto
  settle: (written: Written) => void
}

const isGone = (error: unknown) => hasCode(error, 'NOT_FOUND')

/** Gathers new photos, an album at a time, and writes each batch in one step. */
export class Batches {
  readonly #session: Session
  readonly #folders: Folders
  readonly #rootOf: (path: string) => RegisteredRoot | null
  readonly #batches = new Map<string, Waiting[]>()
  #flushing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(session: Session, folders: Folders, rootOf: (path: string) => RegisteredRoot | null) {
    this.#session = session
    this.#folders = folders
    this.#rootOf = rootOf
  }

  /**
   * Adds a photo; resolves once the next one may come. `urgent`: nothing else is on its way, so it need not wait for a full
   * batch. `written` never rejects. Throws where the folder's album can neither be found nor made.
   */
  async add(photo: NewPhoto, urgent: boolean): Promise<{ written: Promise<Written> }> {
    const root = this.#rootOf(photo.path)
    if (!root) return { written: Promise.resolve(null) }
    const album = await this.#folders.albumFor(root, dirname(photo.path))
    const batch = this.#batches.get(album) ?? []
    this.#batches.set(album, batch)
    const written = new Promise<Written>((settle) => batch.push({ photo, settle }))
    if (batch.length >= batchSize) await this.flush()
    else this.#timer ??= setTimeout(() => void this.flush(), urgent ? 0 : batchDelayMs)
    return { written }
  }

  /** Writes what was gathered, one flush after the other. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batches = [...this.#batches]
    this.#batches.clear()
    this.#flushing = this.#flushing.then(async () => {
      for (const [album, batch] of batches) await this.#write(album, batch)
    })
    return this.#flushing
  }

  async #write(album: string, batch: Waiting[]) {
    const photos = batch.map(({ photo }) => photo)
    try {
      const entries = await whileAway(this.#session, () => this.#writeInto(album, photos))
      for (const { photo, settle } of batch) settle(entries.get(photo.path) ?? null)
    } catch (error) {
      for (const { settle } of batch) settle({ error })
    }
  }

  #writeInto(album: string, photos: NewPhoto[]) {
    return addPhotos(this.#session, album, photos).catch((error: unknown) => {
      if (isGone(error)) return this.#writeAnew(photos)
      throw error
    })
  }

  /** The album was deleted since its id was looked up: the folder gets a new one. */
  async #writeAnew(photos: NewPhoto[]): Promise<Map<string, Entry>> {
    this.#folders.refresh()
    const entries = new Map<string, Entry>()
    for (const photo of photos) {
      const root = this.#rootOf(photo.path)
      if (!root) continue
      const album = await this.#folders.albumFor(root, dirname(photo.path))
      for (const [path, entry] of await addPhotos(this.#session, album, [photo])) entries.set(path, entry)
    }
    return entries
  }
}
