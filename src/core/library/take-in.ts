import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import { GalleryError } from '../../shared/errors.ts'
import { Pairing } from '../stacks/pairing.ts'
import type { Decisions } from './recognition/decisions.ts'
import type { Decoder } from './decode/pool.ts'
import { FailedFiles } from './index/failed-files.ts'
import { isSameState, type FileState, type Look } from './index/file-identity.ts'
import { placeOf, type Entry, type FileIndex, type KnownFiles } from './index/file-index.ts'
import { isFirst } from './index/first-digest.ts'
import { Folders } from './writing/folder-albums.ts'
import { datedBy, doNamesTell, nameDate } from './name-date.ts'
import { NewPhotos } from './writing/new-photos.ts'
import { noteAll } from './recognition/offline-files.ts'
import { readState } from './writing/photo-fields.ts'
import type { Presence } from './recognition/presence.ts'
import { Recognition } from './recognition/recognition.ts'
import { isOutdated, isRead, isSameContent, rereadKnown } from './reread-known.ts'
import { whileAway } from './queue/retry.ts'
import { isIn } from './roots/registered-roots.ts'
import type { FoundFile } from './roots/walk.ts'
import { besideOf } from './sidecars.ts'
import type { Taken, Turn } from './taken.ts'

export interface TakeInOptions {
  session: Session
  decoder: Pick<Decoder, 'read' | 'digest' | 'metadata' | 'firstLooks'>
  fileIndex: FileIndex
  decisions: Decisions
  presence: Presence
  /** The registered root that a path belongs to; null where its folder is not registered any more. */
  rootOf: (path: string) => RegisteredRoot | null
  /** A photo has left a path where there is a file all the same: that is worth a look. */
  vacated: (path: string) => void
}

/**
 * The way of one file into the gallery, from the top to the bottom: compared with the file index, recognised by its content as
 * a photo that the gallery has, or else decoded and written as a new one, and noted in the file index. When that happens is the import
 * queue's business.
 */
export class TakeIn {
  readonly #options: TakeInOptions
  readonly #session: Session
  readonly #fileIndex: FileIndex
  readonly #newPhotos: NewPhotos
  readonly #pairing: Pairing
  readonly #failed: FailedFiles
  readonly #recognition: Recognition

  constructor(options: TakeInOptions) {
    const { session, fileIndex } = options
    this.#options = options
    this.#session = session
    this.#fileIndex = fileIndex
    this.#pairing = new Pairing(session, fileIndex)
    this.#failed = new FailedFiles(session, fileIndex)
    const parts = { ...options, folders: new Folders(options), pairing: this.#pairing }
    this.#newPhotos = new NewPhotos(parts)
    this.#recognition = new Recognition({ ...parts, failed: this.#failed })
  }

  get known(): KnownFiles {
    return this.#fileIndex
  }

  /** Reads the file index anew, as other processes of this host write it too. Meanwhile nothing is decided that it would forget. */
  load(): Promise<void> {
    return this.#options.decisions.inTurn(() => this.#fileIndex.load(this.#session))
  }

  /**
   * Compares a file that was found with what was taken in from its path: only a `new` one is worth opening, and one that is
   * `outdated` once there is time, as this version reads more of it.
   */
  compare(file: FoundFile, look: Look = {}): 'unchanged' | 'outdated' | 'failed' | 'new' {
    const entry = this.#fileIndex.entries.get(file.path)
    if (entry && isSameState(entry, file, look) && !entry.missing && !isFirst(entry.digest))
      return isRead(entry, file) ? 'unchanged' : 'outdated'
    return this.#failed.has(file, look) ? 'failed' : 'new'
  }

  /**
   * Takes a new file in. A Redis that went away meanwhile is waited for. Throws where something other than the file is at
   * fault: the next scan tries again.
   */
  take(file: FoundFile, turn: Turn): Promise<Taken> {
    return whileAway(this.#session, () => this.#take(file, turn))
  }

  async #take(file: FoundFile, turn: Turn): Promise<Taken> {
    const { path } = file
    const before = this.#fileIndex.entries.get(path)
    const wasKnown = before !== undefined && !isFirst(before.digest)
    // Another process may have taken it in, or completed it.
    if (!wasKnown) await this.#options.decisions.refresh([path])
    const entry = this.#fileIndex.entries.get(path)
    // Added meanwhile by another process at work on the same folder: to whoever waits for this one, it is added.
    if (!wasKnown && entry && !entry.missing && isSameState(entry, file) && !isFirst(entry.digest))
      return 'added'
    if (entry && !isFirst(entry.digest) && isOutdated(entry, file))
      return this.#reread(file, turn, 'unchanged')
    const taken = (await this.#takeKnown(file, turn)) ?? (await this.#read(file, turn))
    const now = this.#fileIndex.entries.get(path)
    const isKnown = taken === 'changed' || taken === 'unchanged'
    if (isKnown && now && isFirst(now.digest)) return this.#read(file, turn)
    return isKnown && now && !now.missing && !isRead(now, file) ? this.#reread(file, turn, taken) : taken
  }

  /** Its content is known; what stands beside it, or what this version reads of it, is not. */
  async #reread(file: FoundFile, { lastTry }: Turn, taken: 'changed' | 'unchanged'): Promise<Taken> {
    const { presence, rootOf } = this.#options
    const namesTell = (of: string) => doNamesTell(rootOf, of)
    const isAsRead = async (state: FileState) => (await presence.isAsRead(file.path, state)) === 'yes'
    const parts = {
      session: this.#session,
      decoder: this.#options.decoder,
      fileIndex: this.#fileIndex,
      namesTell,
      isAsRead,
    }
    const liveOf = () => this.#fileIndex.entries.get(file.path)?.live
    const live = liveOf()
    const reread = await rereadKnown(parts, file, (path, decision) =>
      this.#options.decisions.about(path, '', decision),
    )
    if (liveOf() !== live) this.#pairing.note(file.path)
    if (reread === 'growing' && !lastTry) return 'growing'
    return reread === 'changed' ? 'changed' : taken
  }

  /** A file that may hold what some photo held is recognised by its digest alone. Null where it has to be decoded. */
  async #takeKnown(file: FoundFile, { lastTry, settled }: Turn): Promise<Taken | null> {
    const { path, size } = file
    const entry = this.#fileIndex.entries.get(path)
    if (!entry && !this.#fileIndex.hasSize(size)) return null
    if (entry && isFirst(entry.digest) && isSameContent(entry, file)) return null
    const now = await this.#options.decoder.digest(path)
    if (now.kind === 'gone') return 'dropped'
    if (now.kind === 'growing') return lastTry ? null : 'growing'
    if (now.kind === 'failed') return null
    const known = await this.#options.decisions.about(path, now.digest, () =>
      this.#recognition.recognise(path, now, now.state, settled),
    )
    return known === 'growing' && lastTry ? 'dropped' : known
  }

  async #read(file: FoundFile, { lastTry, settled, urgent }: Turn): Promise<Taken> {
    const { path } = file
    const noted = this.#options.presence.reading()
    const result = await this.#options.decoder.read(path, file.sidecars)
    if (result.kind === 'gone') return 'dropped'
    if (result.kind === 'growing')
      return lastTry ? this.#failed.add(file, { id: 'fileGrowing' }, true) : 'growing'
    if (result.kind === 'failed') return this.#failed.add(file, result.text, result.again)
    await this.#failed.forget(path)
    const photo = datedBy(this.#options.rootOf, { path, read: result.photo })
    const { digest } = result.photo
    const completed = await this.#newPhotos.complete(photo, urgent(), noted)
    if (completed) return completed
    const known = await this.#options.decisions.about(
      path,
      digest,
      async () =>
        (await this.#recognition.recognise(path, result.photo, readState(photo), settled)) ??
        (await this.#recognition.replace(photo)),
    )
    if (known === 'growing' && lastTry) return 'dropped'
    return known ?? this.#newPhotos.add(photo, urgent(), noted)
  }

  /** The names of files below a folder tell dates from now on, or no longer: those that may are read again when they are met. */
  rereadNamed(folder: string): Promise<void> {
    return this.#options.decisions.inTurn(async () => {
      const entries = new Map<string, Entry>()
      for (const [path, entry] of this.#fileIndex.entries)
        if (isIn(placeOf(path), folder) && nameDate(placeOf(path))) entries.set(path, { ...entry, reader: 0 })
      await noteAll(this.#session, this.#fileIndex, entries)
    })
  }

  /**
   * A user says that a file is a missing photo's although it holds something else. Throws NOT_FOUND where it cannot be read,
   * CONFLICT where it is a photo of its own.
   */
  async assign(photo: string, path: string): Promise<void> {
    const { presence } = this.#options
    const { sidecars } = await besideOf(path)
    const result = await this.#options.decoder.read(path, sidecars)
    const [from] = this.#fileIndex.pathsOfPhoto(photo)
    const entry = from === undefined ? undefined : this.#fileIndex.entries.get(from)
    if (result.kind !== 'photo' || from === undefined || !entry)
      throw new GalleryError('NOT_FOUND', 'noFolder', { path })
    if (this.#fileIndex.entries.has(path)) throw new GalleryError('CONFLICT', 'fileOfAnother')
    const { digest } = result.photo
    await this.#options.decisions.about(path, digest, async () => {
      if ((await presence.isAsRead(path, readState({ path, read: result.photo }))) !== 'yes')
        throw new GalleryError('NOT_FOUND', 'noFolder', { path })
      await this.#recognition.relocate(entry, from, path, readState({ path, read: result.photo }))
      await this.#recognition.replace(datedBy(this.#options.rootOf, { path, read: result.photo }))
    })
  }

  /** See NewPhotos. */
  look(files: FoundFile[]): Promise<void> {
    return this.#newPhotos.look(files)
  }

  /** Writes the photos that wait for their batch to fill. */
  flush(): Promise<void> {
    return this.#newPhotos.flush()
  }

  /** Puts files together that are one photo: those that have come, and all in `folder`. */
  pair(folder: string): Promise<void> {
    return this.#pairing.run(folder)
  }

  /** Does so no more. */
  close(): Promise<void> {
    return this.#pairing.close()
  }

  /** The file that could not be read is not there any more, or can be read. */
  forgetFailed(path: string): Promise<void> {
    return this.#failed.forget(path)
  }
}
