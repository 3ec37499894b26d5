import { mkdirSync } from 'node:fs'
import { stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { maxAccountFiles, maxLinkFiles, maxUploadBytes, type Landed } from '../../../shared/domain/uploads.ts'
import { GalleryError, hasCode } from '../../../shared/errors.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import type { Home } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import type { Originals } from '../../photos/originals.ts'
import type { UploadOffer } from '../../../shared/schemas/upload.ts'
import { fromRedis } from '../../redis/errors.ts'
import { BoundedQueue } from '../../thumbnails/queue.ts'
import type { Decoder } from '../decode/pool.ts'
import type { ReadPhoto } from '../decode/read-photo.ts'
import type { Library } from '../library.ts'
import { checkRoom } from './land-upload.ts'
import { uploadName } from './upload-name.ts'
import {
  maxOpen,
  maxOpenOfAccount,
  OpenUploads,
  type OpenUpload,
  type UploadClaim,
  type UploadsLeft,
} from './open-uploads.ts'
import { readSent, sentSoFar } from './upload-record.ts'
import { checkServer, checkUploader } from './upload-rights.ts'
import type { UploadSettings } from './upload-settings.ts'

/** Outcomes that are kept for those who ask for them. */
const maxOutcomes = 5000
/** One whole file at a time is read and landed, beside those that are still on their way. */
const landingLimits = { running: 1, waiting: maxOpen, ofCaller: maxOpenOfAccount }
/** A file that is broken, and was written a moment ago, is read again after these times, in milliseconds. */
const rereadAfterMs = [500, 1500]

/** What became of a file that was sent whole. */
export type UploadOutcome = { state: Landed } | { state: 'refused'; text: Text }

interface DoneUpload {
  by: string
  /** Bytes. */
  size: number
  outcome: UploadOutcome
}

interface Parts {
  /** The account that follows the folders of this server. */
  self: Session
  home: Home
  library: Pick<Library, 'uploadRoot' | 'landUpload'>
  originals: Originals
  decoder: Pick<Decoder, 'read'>
  settings: UploadSettings
  /** Takes away what lies of an upload. */
  remove: (id: string) => Promise<unknown>
}

/** The hidden folder of uploads that are not whole. The data folder is never a root, so that no scan meets it. */
export const uploadFolder = (home: Home, gallery: string): string => {
  const folder = join(home.path, 'uploads', gallery)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

const refusedBy = (thrown: unknown): UploadOutcome => {
  const error = fromRedis(thrown)
  // Where the disk or Redis is away the file waits for another try.
  if (!(error instanceof GalleryError) || error.code === 'UNAVAILABLE') throw error
  return { state: 'refused', text: error.text }
}

/** Lets uploads in and sees them through: who may, how much, and what becomes of a file once it is whole. */
export class UploadDesk {
  readonly #parts: Parts
  readonly #folder: string
  readonly #open = new OpenUploads()
  readonly #landing = new Map<string, Promise<UploadOutcome>>()
  readonly #outcomes = new Map<string, DoneUpload>()
  readonly #queue = new BoundedQueue(landingLimits)

  constructor(parts: Parts) {
    this.#parts = parts
    this.#folder = uploadFolder(parts.home, parts.self.keys.gallery)
  }

  /** How files are named, and how much an account may send. */
  get settings() {
    return this.#parts.settings
  }

  /** What a caller may send to an album, and why not. */
  async offer(session: Session, album: string): Promise<UploadOffer> {
    const offer = { maxFileBytes: maxUploadBytes, bytesLeft: 0, filesLeft: 0 }
    try {
      const left = await this.#left(session, album)
      await this.#parts.library.uploadRoot()
      await checkServer(this.#parts.self, album)
      return { refused: null, ...offer, bytesLeft: left.bytes, filesLeft: left.files }
    } catch (thrown) {
      const error = fromRedis(thrown)
      if (!(error instanceof GalleryError)) throw error
      return { refused: { reason: error.message, text: error.text }, ...offer }
    }
  }

  /**
   * Lets an upload in under an id, before anything of it is stored.
   *
   * @throws FORBIDDEN, INVALID, NOT_FOUND or UNAVAILABLE in words for the sender
   */
  async admit(session: Session, id: string, claim: UploadClaim): Promise<OpenUpload> {
    const { self, library } = this.#parts
    const left = await this.#left(session, claim.album)
    const root = await library.uploadRoot()
    await checkServer(self, claim.album)
    for (const folder of [root.path, this.#folder]) await checkRoom(folder, claim.size)
    this.#open.check(session.account, claim.size, left)
    const open = { ...claim, by: session.account }
    this.#open.set(id, open)
    return open
  }

  /** Knows an upload again that was let in before this process began. */
  restore(id: string, open: OpenUpload) {
    this.#open.set(id, open)
  }

  /** Forgets an upload of which nothing is left. */
  forget(id: string) {
    this.#open.delete(id)
  }

  /** The ids of the uploads that are open. */
  ids(): string[] {
    return this.#open.ids
  }

  /**
   * The open upload of a caller who may still send it: asked for each of its requests.
   *
   * @throws NOT_FOUND where it is not there, or another account's; FORBIDDEN where the right was taken
   */
  async check(session: Session, id: string): Promise<OpenUpload> {
    const open = this.#open.of(session.account, id)
    await this.#checkUploader(session, open.album)
    return open
  }

  /**
   * Sees a whole file through, once: it is read as any file is, and lands where it is taken in. The caller's right is asked for again.
   *
   * @throws NOT_FOUND for no upload of this account; CONFLICT where it is not whole; UNAVAILABLE where it waits for another try
   */
  async finish(session: Session, id: string): Promise<UploadOutcome> {
    const done = this.#outcomes.get(id)
    if (done?.by === session.account) return done.outcome
    const open = this.#open.of(session.account, id)
    const landing =
      this.#landing.get(id) ??
      this.#queue.run(open.by, () => this.#finish(session, id, open)).finally(() => this.#landing.delete(id))
    this.#landing.set(id, landing)
    return landing
  }

  async #finish(session: Session, id: string, open: OpenUpload): Promise<UploadOutcome> {
    const file = join(this.#folder, id)
    const { size } = await stat(file)
    if (size !== open.size) throw new GalleryError('CONFLICT', 'uploadUnfinished')
    const outcome = await this.#land(session, file, open).catch(refusedBy)
    this.#keep(id, { by: open.by, size, outcome })
    this.#open.delete(id)
    await this.#parts.remove(id).catch(() => undefined) // the sweep takes what is left
    return outcome
  }

  async #land(session: Session, file: string, open: OpenUpload): Promise<UploadOutcome> {
    const { by, album, modified } = open
    const now = Date.now()
    const changed = modified > 0 && modified < now ? modified : now
    await utimes(file, now / 1000, changed / 1000)
    const photo = await this.#read(file)
    await this.#checkUploader(session, album)
    const { pattern } = await this.#parts.settings.read()
    const state = await this.#parts.library.landUpload({
      pattern,
      ...{ file, album, by, digest: photo.digest, bytes: photo.bytes },
      name: uploadName(open.name, photo.fields['type'] ?? ''),
      taken: photo.fields['taken'] ?? new Date(changed).toISOString(),
    })
    return { state }
  }

  /** Throws UNSUPPORTED, in the decoder's words, for what is no photo. */
  async #read(file: string): Promise<ReadPhoto> {
    for (const pause of [...rereadAfterMs, null]) {
      const read = await this.#parts.decoder.read(file)
      if (read.kind === 'photo') return read.photo
      if (read.kind === 'failed') throw new GalleryError('UNSUPPORTED', read.text.id, read.text.blanks)
      if (pause !== null) await wait(pause)
    }
    throw new GalleryError('UNAVAILABLE', 'uploadUnreadable')
  }

  /**
   * Who sent the original of a photo that the caller may see; null where it did not come by a browser.
   *
   * @throws NOT_FOUND, FORBIDDEN as for the original
   */
  async sender(session: Session, album: string, photo: string) {
    const { originals, self } = this.#parts
    const known = await originals.known(session, album, photo).catch((error: unknown) => {
      if (hasCode(error, 'NOT_FOUND')) return null
      throw error
    })
    return known && readSent(self, known.indexed, known.entry.digest)
  }

  /** Bytes of an upload of this account that was seen through; null for any other. */
  sizeOfDone({ account }: Session, id: string): number | null {
    const done = this.#outcomes.get(id)
    return done?.by === account ? done.size : null
  }

  #keep(id: string, kept: DoneUpload) {
    this.#outcomes.set(id, kept)
    const [oldest] = this.#outcomes.keys()
    if (this.#outcomes.size > maxOutcomes && oldest !== undefined) this.#outcomes.delete(oldest)
  }

  /** What a caller may send besides what has landed. */
  async #left(session: Session, album: string): Promise<UploadsLeft> {
    const of = { bytes: await this.#checkUploader(session, album), files: maxFilesOf(session) }
    const sent = await sentSoFar(this.#parts.self, session.account)
    return { of, bytes: of.bytes - sent.bytes, files: of.files - sent.files }
  }

  async #checkUploader(session: Session, album: string): Promise<number> {
    const { bytesOfAccount } = await this.#parts.settings.read()
    return checkUploader(session, album, bytesOfAccount)
  }
}

const maxFilesOf = ({ identity }: Session) => (identity.share ? maxLinkFiles : maxAccountFiles)
