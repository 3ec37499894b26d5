import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import type { RegisteredRoot } from '../home.ts'
import type { Session } from '../session.ts'
import type { Folders } from './folders.ts'
import { decoderVersion, type Entry, type Ledger } from './ledger.ts'
import type { Decoder } from './pool.ts'
import type { Progress } from './progress.ts'
import type { ReadPhoto } from './read-photo.ts'
import type { FoundFile } from './scan.ts'
import {
  addPhotos,
  changePhoto,
  forgetFailure,
  noteEntry,
  noteFailure,
  relocatePhoto,
  type NewPhoto,
} from './store.ts'

/** Photos written in one step: few enough that Redis answers others in between, and that little is done twice. */
const batchSize = 64
/** A batch that does not fill is written after this time, in milliseconds. */
const batchDelay = 100
/** How far the scan may run ahead of the decoder. */
const lookAhead = 500
/** A file that is being written is read again after these pauses, in milliseconds. */
const retries = [300, 700, 1500, 3000, 6000]

export interface IntakeParts {
  session: Session
  decoder: Decoder
  ledger: Ledger
  folders: Folders
  progress: Progress
  rootOf: (path: string) => RegisteredRoot | null
}

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** Takes files in: compares them with the ledger, decodes what is new, and writes it in batches, an album at a time. */
export class Intake {
  readonly #parts: IntakeParts
  readonly #queue: PQueue
  readonly #batches = new Map<string, NewPhoto[]>()
  readonly #busy = new Set<string>()
  #flushing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #generation = 0

  constructor(parts: IntakeParts) {
    this.#parts = parts
    // One more than there are decoders, so that none waits for the next file to be handed over.
    this.#queue = new PQueue({ concurrency: parts.decoder.workers + 1 })
  }

  /** Offers files that were found. Resolves when there is room for more. */
  async offer(files: FoundFile[]): Promise<void> {
    const { progress } = this.#parts
    progress.found(files.length)
    let unchanged = 0
    let failed = 0
    for (const file of files) {
      const state = this.#compare(file)
      if (state === 'unchanged') unchanged++
      else if (state === 'failed') failed++
      else if (this.#busy.has(file.path)) progress.dropped()
      else this.#enqueue(file)
    }
    if (unchanged > 0) progress.done('unchanged', unchanged)
    if (failed > 0) progress.done('failed', failed)
    await this.#queue.onSizeLessThan(lookAhead)
  }

  pause(paused: boolean) {
    if (paused) this.#queue.pause()
    else this.#queue.start()
  }

  /** Drops what has not begun yet. */
  cancel() {
    this.#generation++
    this.#parts.progress.dropped(this.#queue.size)
    for (const path of this.#busy) this.#busy.delete(path)
    this.#queue.clear()
    this.#queue.start()
  }

  /** Resolves when everything that was offered is written. */
  async drained(): Promise<void> {
    await this.#queue.onIdle()
    await this.#flush()
  }

  /** The file that could not be read is not there any more. */
  async forgetFailed(path: string) {
    this.#parts.ledger.failures.delete(path)
    await forgetFailure(this.#parts.session, path)
  }

  #compare({ path, size, mtime }: FoundFile): 'unchanged' | 'failed' | 'new' {
    const { ledger } = this.#parts
    const entry = ledger.entries.get(path)
    if (entry && entry.size === size && entry.mtime === mtime && !entry.missing) return 'unchanged'
    const failure = ledger.failures.get(path)
    const same = failure?.size === size && failure.mtime === mtime && failure.decoder >= decoderVersion
    return same ? 'failed' : 'new'
  }

  #enqueue(file: FoundFile, attempt = 0) {
    const generation = this.#generation
    this.#busy.add(file.path)
    const work = async () => {
      const again = await this.#take(file, attempt)
      this.#busy.delete(file.path)
      if (again && generation === this.#generation) this.#enqueue(file, attempt + 1)
    }
    this.#queue.add(work).catch((error: unknown) => {
      if (generation !== this.#generation) return // cancelled: nobody counts it any more
      this.#busy.delete(file.path)
      this.#fail(file, error)
    })
  }

  /** Something other than the file is at fault, Redis for one: it is tried again with the next scan. */
  #fail({ path }: FoundFile, error: unknown) {
    console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    this.#parts.progress.done('failed')
  }

  /** Reads one file; true when it has to be read again, as somebody is writing it. */
  async #take(file: FoundFile, attempt: number): Promise<boolean> {
    const { ledger, progress, decoder } = this.#parts
    const entry = ledger.entries.get(file.path)
    if (entry?.missing && entry.size === file.size && entry.mtime === file.mtime) {
      await this.#relocate(entry, file.path, file.path, file)
      return false
    }
    const result = await decoder.read(file.path)
    if (result.kind === 'growing' && attempt < retries.length) {
      await wait(retries[attempt])
      return true
    }
    if (result.kind === 'photo') await this.#accept({ path: file.path, read: result.photo }, entry)
    else if (result.kind === 'gone') progress.dropped()
    else
      await this.#reject(
        file,
        result.kind === 'growing' ? 'Another program is still writing this file.' : result.reason,
      )
    return false
  }

  async #reject({ path, size, mtime }: FoundFile, reason: string) {
    const { session, ledger, progress } = this.#parts
    const failure = { size, mtime, reason, decoder: decoderVersion }
    await noteFailure(session, path, failure)
    ledger.failures.set(path, failure)
    progress.done('failed')
  }

  async #accept(photo: NewPhoto, entry: Entry | undefined) {
    const { ledger, session } = this.#parts
    if (ledger.failures.delete(photo.path)) await forgetFailure(session, photo.path)
    if (entry?.digest === photo.read.digest) return this.#touch(entry, photo)
    if (entry) return this.#change(entry, photo)
    const moved = await this.#movedFrom(photo.read)
    if (moved)
      return this.#relocate(moved.entry, moved.path, photo.path, {
        size: photo.read.bytes,
        mtime: photo.read.mtime,
      })
    await this.#collect(photo)
  }

  /** Same content, other date: nothing changed, but that is only known once the file was read. */
  async #touch(entry: Entry, { path, read }: NewPhoto) {
    const { session, ledger, progress } = this.#parts
    const next = { ...entry, size: read.bytes, mtime: read.mtime, missing: false }
    if (entry.missing) return this.#relocate(entry, path, path, { size: read.bytes, mtime: read.mtime })
    await noteEntry(session, path, next)
    ledger.set(path, next)
    progress.done('unchanged')
  }

  async #change(entry: Entry, photo: NewPhoto) {
    const { session, ledger, progress } = this.#parts
    const next = await changePhoto(session, entry, photo)
    if (next) ledger.set(photo.path, next)
    else await this.#leaveRemoved(entry, photo.path, { size: photo.read.bytes, mtime: photo.read.mtime })
    progress.done(next ? 'changed' : 'unchanged')
  }

  async #relocate(entry: Entry, from: string, to: string, { size, mtime }: { size: number; mtime: number }) {
    const { session, ledger, progress } = this.#parts
    const next = await relocatePhoto(session, entry, from, to, { size, mtime })
    ledger.delete(from)
    if (next) ledger.set(to, next)
    else await this.#leaveRemoved(entry, to, { size, mtime })
    progress.done(next ? 'changed' : 'unchanged')
  }

  /** Somebody removed the photo from the gallery: its file is known, and is not taken in again. */
  async #leaveRemoved(entry: Entry, path: string, file: { size: number; mtime: number }) {
    const next = { ...entry, ...file, missing: false }
    await noteEntry(this.#parts.session, path, next)
    this.#parts.ledger.set(path, next)
  }

  /** The photo that had this content, where its file has gone from a folder that can be reached. */
  async #movedFrom({ digest }: ReadPhoto) {
    const { ledger, rootOf } = this.#parts
    for (const path of ledger.pathsOf(digest)) {
      const entry = ledger.entries.get(path)
      const root = rootOf(path)
      const reachable = root !== null && (await exists(root.path))
      if (!entry || !reachable || (await exists(path)) || ledger.entries.get(path) !== entry) continue
      ledger.delete(path) // claimed: a second file with this content is a photo of its own
      return { path, entry }
    }
    return null
  }

  async #collect(photo: NewPhoto) {
    const { rootOf, folders, progress } = this.#parts
    const root = rootOf(photo.path)
    if (!root) return progress.dropped() // its folder was given up meanwhile
    const album = await folders.albumFor(root, dirname(photo.path))
    const batch = this.#batches.get(album) ?? []
    this.#batches.set(album, batch)
    batch.push(photo)
    if (batch.length >= batchSize) await this.#flush()
    else this.#timer ??= setTimeout(() => void this.#flush(), this.#queue.size === 0 ? 0 : batchDelay)
  }

  /** Writes all batches, one flush after the other. */
  #flush(): Promise<void> {
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
    const { session, ledger, progress, folders } = this.#parts
    try {
      const added = await addPhotos(session, album, photos)
      for (const [path, entry] of added) ledger.set(path, entry)
      if (added.size > 0) progress.done('added', added.size)
      if (added.size < photos.length) progress.done('unchanged', photos.length - added.size)
    } catch (error) {
      folders.refresh() // the album may have been deleted: the next scan makes it anew
      console.error(error instanceof Error ? error.message : error)
      progress.done('failed', photos.length)
    }
  }
}
