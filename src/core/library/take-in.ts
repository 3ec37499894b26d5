import { english } from '../../shared/i18n/english.ts'
import type { Text } from '../../shared/i18n/text.ts'
import { hasCode } from '../../shared/errors.ts'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import { Batches } from './batch-writer.ts'
import type { Decoder } from './decode/pool.ts'
import { decoderVersion, type Entry, type FileIndex, type KnownFiles } from './file-index.ts'
import { fetchEntry } from './locate-photo.ts'
import {
  changePhoto,
  forgetFailure,
  markMissing,
  noteEntry,
  noteFailure,
  relocatePhoto,
  type NewPhoto,
} from './photo-writer.ts'
import { whileAway } from './retry.ts'
import { isOnline } from './roots/registered-roots.ts'
import { exists, type FoundFile } from './roots/walk.ts'

/** The size of a file whose failure is not its content's: it fits no file, so the next scan tries again. */
const anySize = -1

/** What came of a file. `dropped`: it was none, or its folder is not registered any more. */
export type Outcome = 'added' | 'changed' | 'unchanged' | 'failed' | 'dropped'

/** `growing`: the file is being written, read it again; `written`: its batch decides. It never rejects. */
export type Taken = Outcome | 'growing' | { written: Promise<Outcome | { error: unknown }> }

export interface Turn {
  /** A file that is still being written fails now. */
  lastTry: boolean
  /** Whether nothing else is on its way, so that the photo need not wait for a batch to fill. */
  urgent: () => boolean
}

export interface TakeInOptions {
  session: Session
  decoder: Pick<Decoder, 'read'>
  fileIndex: FileIndex
  /** The registered root that a path belongs to; null where its folder is not registered any more. */
  rootOf: (path: string) => RegisteredRoot | null
}

type FileState = Pick<FoundFile, 'size' | 'mtime'>

const isSameFile = (a: FileState, b: FileState) => a.size === b.size && a.mtime === b.mtime

/** As it was when it was read, which may be later than when it was found. */
const stateOf = ({ read }: NewPhoto): FileState => ({ size: read.bytes, mtime: read.mtime })

/**
 * The way of one file into the gallery, from the top to the bottom: compared with the file index, decoded, recognised as a
 * photo that the gallery has or written as a new one, and noted in the file index. When that happens is the import
 * queue's business. Of what deals with files, this alone writes the file index.
 */
export class TakeIn {
  readonly #session: Session
  readonly #decoder: Pick<Decoder, 'read'>
  readonly #fileIndex: FileIndex
  readonly #rootOf: TakeInOptions['rootOf']
  readonly #batches: Batches

  constructor({ session, decoder, fileIndex, rootOf }: TakeInOptions) {
    this.#session = session
    this.#decoder = decoder
    this.#fileIndex = fileIndex
    this.#rootOf = rootOf
    this.#batches = new Batches(session, rootOf)
  }

  get known(): KnownFiles {
    return this.#fileIndex
  }

  /** Reads the file index anew, as other processes of this host write it too. */
  load(): Promise<void> {
    return this.#fileIndex.load(this.#session)
  }

  /** Compares a file that was found with what was taken in from its path: only a `new` one is worth opening. */
  compare(file: FoundFile): 'unchanged' | 'failed' | 'new' {
    const { entries, failures } = this.#fileIndex
    const entry = entries.get(file.path)
    if (entry && isSameFile(entry, file) && !entry.missing) return 'unchanged'
    if (file.problem) {
      const { size, mtime, problem: text } = file
      failures.set(file.path, { size, mtime, reason: english(text), text, decoder: decoderVersion })
    }
    const failure = failures.get(file.path)
    return failure && isSameFile(failure, file) && failure.decoder >= decoderVersion ? 'failed' : 'new'
  }

  /**
   * Takes a new file in. A Redis that went away meanwhile is waited for. Throws where something other than the file is at
   * fault: the next scan tries again.
   */
  take(file: FoundFile, turn: Turn): Promise<Taken> {
    return whileAway(this.#session, () => this.#take(file, turn))
  }

  async #take(file: FoundFile, { lastTry, urgent }: Turn): Promise<Taken> {
    const { path } = file
    const wasKnown = this.#fileIndex.entries.has(path)
    const entry = await this.#entryOf(path)
    if (entry && isSameFile(entry, file)) {
      if (entry.missing) return this.#relocate(entry, path, path, file)
      // Added meanwhile by another process at work on the same folder: to whoever waits for this one, it is added.
      return wasKnown ? 'unchanged' : 'added'
    }
    const result = await this.#decoder.read(path)
    if (result.kind === 'gone') return 'dropped'
    if (result.kind === 'growing')
      return lastTry ? this.#refuse(file, { id: 'fileGrowing' }, true) : 'growing'
    if (result.kind === 'failed') return this.#refuse(file, result.text, result.again)
    await this.forgetFailed(path)
    const photo: NewPhoto = { path, read: result.photo }
    if (entry) return this.#update(entry, photo)
    return (await this.#goOnFromMoved(photo)) ?? this.#add(photo, urgent())
  }

  /** What was taken in from this path before, by another process of this host too. */
  async #entryOf(path: string): Promise<Entry | undefined> {
    const known = this.#fileIndex.entries.get(path)
    if (known) return known
    const entry = await fetchEntry(this.#session, path)
    if (entry) this.#fileIndex.set(path, entry)
    return entry ?? undefined
  }

  async #refuse({ path, size, mtime }: FoundFile, text: Text, again: boolean): Promise<Outcome> {
    const reason = english(text)
    const failure = { size: again ? anySize : size, mtime, reason, text, decoder: decoderVersion }
    await noteFailure(this.#session, path, failure)
    this.#fileIndex.failures.set(path, failure)
    return 'failed'
  }

  /** The file of a photo that the gallery has was read again. */
  async #update(entry: Entry, photo: NewPhoto): Promise<Outcome> {
    const { path, read } = photo
    const file = stateOf(photo)
    if (entry.digest === read.digest) {
      if (entry.missing) return this.#relocate(entry, path, path, file)
      // Same content, other date: nothing changed, but that is only known once the file was read.
      await this.#note(path, { ...entry, ...file })
      return 'unchanged'
    }
    const next = await changePhoto(this.#session, entry, photo)
    if (next) this.#fileIndex.set(path, next)
    else await this.#note(path, { ...entry, ...file, missing: false })
    return next ? 'changed' : 'unchanged'
  }

  /** A photo with this content whose file has gone goes on with this one. Null where there is none. */
  async #goOnFromMoved(photo: NewPhoto): Promise<Outcome | null> {
    const moved = await this.#claimMoved(photo.read.digest)
    if (!moved) return null
    try {
      return await this.#relocate(moved.entry, moved.path, photo.path, stateOf(photo))
    } catch (error) {
      this.#fileIndex.set(moved.path, moved.entry)
      if (hasCode(error, 'CONFLICT')) return null // another process took the file in
      throw error
    }
  }

  /** The photo that had this content, unless its file is where it was, or on a drive that is not there now. */
  async #claimMoved(digest: string) {
    for (const path of this.#fileIndex.pathsOf(digest)) {
      const entry = this.#fileIndex.entries.get(path)
      if (!entry || (await exists(path))) continue
      const root = this.#rootOf(path)
      const reachable = root === null || root.restored || (await isOnline(root, true))
      if (!reachable || this.#fileIndex.entries.get(path) !== entry) continue
      this.#fileIndex.delete(path) // claimed: a second file with this content is a photo of its own
      return { path, entry }
    }
    return null
  }

  /** The file of a photo lies elsewhere now, or is back. */
  async #relocate(entry: Entry, from: string, to: string, { size, mtime }: FileState): Promise<Outcome> {
    const next = await relocatePhoto(this.#session, entry, from, to, { size, mtime })
    this.#fileIndex.delete(from)
    if (next) this.#fileIndex.set(to, next)
    else await this.#note(to, { ...entry, size, mtime, missing: false })
    return next ? 'changed' : 'unchanged'
  }

  /** The photo is a new one: it is written with its batch. */
  async #add(photo: NewPhoto, urgent: boolean): Promise<Taken> {
    const { written } = await this.#batches.add(photo, urgent)
    return {
      written: written.then((entry) => {
        if (entry === null) return 'dropped'
        if ('error' in entry) return entry
        this.#fileIndex.set(photo.path, entry)
        return 'added'
      }),
    }
  }

  /** Notes a file as known as it is now. That of a photo that a user removed is thus not taken in again. */
  async #note(path: string, entry: Entry) {
    await noteEntry(this.#session, path, entry)
    this.#fileIndex.set(path, entry)
  }

  /** Writes the photos that wait for their batch to fill. */
  flush(): Promise<void> {
    return this.#batches.flush()
  }

  /** The file of a photo has gone: the photo stays, marked as missing. */
  async lose(path: string): Promise<void> {
    const entry = this.#fileIndex.entries.get(path)
    if (!entry || entry.missing) return
    const next = await markMissing(this.#session, entry, path)
    this.#fileIndex.set(path, next ?? { ...entry, missing: true })
  }

  /** The file that could not be read is not there any more, or can be read. */
  async forgetFailed(path: string): Promise<void> {
    if (this.#fileIndex.failures.delete(path)) await forgetFailure(this.#session, path)
  }
}
