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
const batchDelay = 100

export interface BatchParts {
  session: Session
  folders: Folders
  rootOf: (path: string) => RegisteredRoot | null
  /** What became of a photo; null where its folder was given up meanwhile. */
  written: (path: string, outcome: Entry | null | { error: unknown }) => void
}

const isGone = (error: unknown) => hasCode(error, 'NOT_FOUND')

/** Gathers new photos, an album at a time, and writes each batch in one step. */
export class Batches {
  readonly #parts: BatchParts
  readonly #batches = new Map<string, NewPhoto[]>()
  #flushing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(parts: BatchParts) {
    this.#parts = parts
  }

  /** Adds a photo. `urgent`: nothing else is on its way, so it need not wait for company. */
  async add(photo: NewPhoto, urgent: boolean): Promise<void> {
    const { rootOf, folders, written } = this.#parts
    const root = rootOf(photo.path)
    if (!root) {
      written(photo.path, null)
      return
    }
    const album = await folders.albumFor(root, dirname(photo.path))
    const batch = this.#batches.get(album) ?? []
    this.#batches.set(album, batch)
    batch.push(photo)
    if (batch.length >= batchSize) await this.flush()
    else this.#timer ??= setTimeout(() => void this.flush(), urgent ? 0 : batchDelay)
  }

  /** Writes what was gathered, one flush after the other. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batches = [...this.#batches]
    this.#batches.clear()
    this.#flushing = this.#flushing.then(async () => {
      for (const [album, photos] of batches) await this.#write(album, photos)
    })
    return this.#flushing
  }

  async #write(album: string, photos: NewPhoto[]) {
    const { session, written } = this.#parts
    try {
      const entries = await whileAway(session, () => this.#writeInto(album, photos))
      for (const { path } of photos) written(path, entries.get(path) ?? null)
    } catch (error) {
      for (const { path } of photos) written(path, { error })
    }
  }

  #writeInto(album: string, photos: NewPhoto[]) {
    return addPhotos(this.#parts.session, album, photos).catch((error: unknown) => {
      if (isGone(error)) return this.#writeAnew(photos)
      throw error
    })
  }

  /** The album was deleted since its id was looked up: the folder gets a new one. */
  async #writeAnew(photos: NewPhoto[]): Promise<Map<string, Entry>> {
    const { session, folders, rootOf } = this.#parts
    folders.refresh()
    const entries = new Map<string, Entry>()
    for (const photo of photos) {
      const root = rootOf(photo.path)
      if (!root) continue
      const album = await folders.albumFor(root, dirname(photo.path))
      for (const [path, entry] of await addPhotos(session, album, [photo])) entries.set(path, entry)
    }
    return entries
  }
}
