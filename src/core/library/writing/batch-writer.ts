import { dirname } from 'node:path'
import { hasCode } from '../../../shared/errors.ts'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import { completePhotos } from './complete-photos.ts'
import type { Folders } from './folder-albums.ts'
import type { Entry } from '../index/file-index.ts'
import { whileAway } from '../queue/retry.ts'
import type { NewPhoto } from './photo-fields.ts'
import { addPhotos } from './photo-writer.ts'

/** Photos written in one step: few enough that Redis answers others in between, and that little is done twice. */
const batchSize = 64
/** A batch that does not fill is written after this time, in milliseconds. */
const batchDelayMs = 100
/** The same for photos that are to be seen already: fewer events tell of more of them. */
const completionDelayMs = 1000

/** What became of a photo; null where its folder is not registered any more. */
type Written = Entry | null | { error: unknown }

interface Waiting {
  photo: NewPhoto
  /** Its entry, where a first look added it. */
  known?: Entry
  settle: (written: Written) => void
}

const isGone = (error: unknown) => hasCode(error, 'NOT_FOUND')

/** Gathers new photos, an album at a time, and writes each batch in one step. */
export class Batches {
  readonly #session: Session
  readonly #folders: Folders
  readonly #rootOf: (path: string) => RegisteredRoot | null
  readonly #batches = new Map<string, Waiting[]>()
  #completions: Waiting[] = []
  #flushing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  /** When the timer is due, in milliseconds since 1970. */
  #due = Infinity

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
    else this.#flushWithin(urgent ? 0 : batchDelayMs)
    return { written }
  }

  /** The same for a photo that a first look added, and whose file has been read whole; `known`: its entry. */
  async complete(known: Entry, photo: NewPhoto, urgent: boolean): Promise<{ written: Promise<Written> }> {
    const written = new Promise<Written>((settle) => this.#completions.push({ photo, known, settle }))
    if (this.#completions.length >= batchSize) await this.flush()
    else this.#flushWithin(urgent ? 0 : completionDelayMs)
    return { written }
  }

  #flushWithin(delay: number) {
    const due = Date.now() + delay
    if (due >= this.#due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => void this.flush(), delay)
  }

  /** Writes what was gathered, one flush after the other. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#due = Infinity
    const batches = [...this.#batches]
    const completions = this.#completions
    this.#batches.clear()
    this.#completions = []
    this.#flushing = this.#flushing.then(async () => {
      for (const [album, batch] of batches)
        await this.#write(batch, (photos) => this.#writeInto(album, photos))
      if (completions.length > 0) await this.#write(completions, () => this.#complete(completions))
    })
    return this.#flushing
  }

  #complete(waiting: Waiting[]) {
    const completions = waiting.flatMap(({ photo, known }) => (known ? [{ photo, known }] : []))
    return completePhotos(this.#session, completions)
  }

  async #write(batch: Waiting[], write: (photos: NewPhoto[]) => Promise<Map<string, Entry>>) {
    const photos = batch.map(({ photo }) => photo)
    try {
      const entries = await whileAway(this.#session, () => write(photos))
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
