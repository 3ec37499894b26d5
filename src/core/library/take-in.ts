import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { english } from '../../shared/i18n/english.ts'
import type { Text } from '../../shared/i18n/text.ts'
import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import { Folders } from './folder-albums.ts'
import { Batches } from './batch-writer.ts'
import type { Decoder } from './decode/pool.ts'
import { isSameState, onlyState, stateOf, type FileState, type Look } from './file-identity.ts'
import {
  atHand,
  decoderVersion,
  isParked,
  parkedPath,
  placeOf,
  type Entry,
  type FileIndex,
  type KnownFiles,
} from './file-index.ts'
import { withdrawPhoto } from './complete-photos.ts'
import { isContent, isFirst, type Content } from './first-digest.ts'
import { fetchEntry } from './locate-photo.ts'
import { isBackEdited, noteAll, noteBack, noteOffline } from './offline-files.ts'
import {
  asRead,
  changePhoto,
  forgetEntry,
  forgetFailure,
  markMissing,
  noteEntry,
  noteFailure,
  parkPhoto,
  relocatePhoto,
  type NewPhoto,
} from './photo-writer.ts'
import { nameDate, withNameDate } from './name-date.ts'
import { isOutdated, isRead, isSameContent, rereadKnown } from './reread-known.ts'
import { whileAway } from './retry.ts'
import { KnownFolders } from './roots/known-folders.ts'
import { isIn } from './roots/registered-roots.ts'
import { keepsNumbers } from './roots/stable-numbers.ts'
import { pathsIn } from './roots/sync-root.ts'
import { exists, type FoundFile } from './roots/walk.ts'
import { besideOf } from './sidecars.ts'
import { Pairing } from '../stacks/pairing.ts'
import { byLikeness, isVacated } from './whereabouts.ts'

/** The size of a file whose failure is not its content's: it fits no file, so the next scan tries again. */
const anySize = -1

/** What came of a file. `dropped`: it was none, or its folder is not registered any more. */
export type Outcome = 'added' | 'changed' | 'unchanged' | 'failed' | 'dropped'

/**
 * `growing`: the file is being written, read it again; `unsettled`: it has changed, and what it held may be met in another
 * file that changed with it; `written`: its batch decides. It never rejects.
 */
export type Taken = Outcome | 'growing' | 'unsettled' | Written

interface Written {
  written: Promise<Outcome | { error: unknown }>
}

export interface Turn {
  /** A file that is still being written fails now. */
  lastTry: boolean
  /** What else changed together with the file has been looked at: what it held before is nowhere. */
  settled: boolean
  /** Whether nothing else is on its way, so that the photo need not wait for a batch to fill. */
  urgent: () => boolean
}

export interface TakeInOptions {
  session: Session
  decoder: Pick<Decoder, 'read' | 'digest' | 'metadata' | 'firstLooks'>
  fileIndex: FileIndex
  /** The registered root that a path belongs to; null where its folder is not registered any more. */
  rootOf: (path: string) => RegisteredRoot | null
  /** A photo has left a path where there is a file all the same: that is worth a look. */
  vacated?: (path: string) => void
  /** Another folder than the one that was known is at a path, or at that of a root that is a single file: it is to be read. */
  exchanged?: (path: string) => void
}

/** As it was when it was read, which may be later than when it was found. */
const readState = ({ read: { bytes: size, mtime, ctime, ino } }: NewPhoto): FileState =>
  onlyState({ size, mtime, ctime, ino })

/** Times that a decision is made anew because another process made one too. */
const maxConflicts = 3

/**
 * The way of one file into the gallery, from the top to the bottom: compared with the file index, recognised by its content as
 * a photo that the gallery has, or else decoded and written as a new one, and noted in the file index. The content decides first
 * and the name second: a file that changed is an edit only where what it held before is in no other file. When that happens is the import
 * queue's business. Of what deals with files, this alone writes the file index.
 */
export class TakeIn {
  readonly #session: Session
  readonly #decoder: TakeInOptions['decoder']
  readonly #fileIndex: FileIndex
  readonly #rootOf: TakeInOptions['rootOf']
  readonly #batches: Batches
  readonly #folders: Folders
  readonly #pairing: Pairing
  readonly #vacated: (path: string) => void
  readonly #exchanged: (folder: string) => void
  readonly #knownFolders = new KnownFolders()
  /** Decisions are made one after the other, as one may move what the next is about. */
  #deciding: Promise<unknown> = Promise.resolve()

  constructor({ session, decoder, fileIndex, rootOf, ...tell }: TakeInOptions) {
    const { vacated = () => undefined, exchanged = () => undefined } = tell
    this.#session = session
    this.#decoder = decoder
    this.#fileIndex = fileIndex
    this.#rootOf = rootOf
    this.#vacated = vacated
    this.#exchanged = exchanged
    this.#folders = new Folders({ session, fileIndex, decoder, rootOf })
    this.#pairing = new Pairing(session, fileIndex)
    this.#batches = new Batches(session, this.#folders, rootOf)
  }

  get known(): KnownFiles {
    return this.#fileIndex
  }

  /** Reads the file index anew, as other processes of this host write it too. */
  load(): Promise<void> {
    return this.#fileIndex.load(this.#session)
  }

  /**
   * Compares a file that was found with what was taken in from its path: only a `new` one is worth opening, and one that is
   * `outdated` once there is time, as this version reads more of it.
   */
  compare(file: FoundFile, look: Look = {}): 'unchanged' | 'outdated' | 'failed' | 'new' {
    const { entries, failures } = this.#fileIndex
    const entry = entries.get(file.path)
    if (entry && isSameState(entry, file, look) && !entry.missing && !isFirst(entry.digest))
      return isRead(entry, file) ? 'unchanged' : 'outdated'
    if (file.problem) {
      const { size, mtime, problem: text } = file
      failures.set(file.path, { size, mtime, reason: english(text), text, decoder: decoderVersion })
    }
    const failure = failures.get(file.path)
    return failure && isSameState(failure, file, look) && failure.decoder >= decoderVersion ? 'failed' : 'new'
  }

  /**
   * Adds photos by first looks at their files, before these have their turns. A file that may hold what some photo held is left to its
   * turn, as its beginning alone does not tell. Never rejects: what goes wrong goes wrong again then, and is told.
   */
  async look(files: FoundFile[]): Promise<void> {
    const { entries } = this.#fileIndex
    const fresh = files.filter(({ path, size }) => !entries.has(path) && !this.#fileIndex.hasSize(size))
    if (fresh.length === 0) return
    const found = await this.#decoder.firstLooks(fresh.map(({ path, sidecars = [] }) => ({ path, sidecars })))
    const added = found.map(
      (read, i) => read && this.#add(this.#dated({ path: fresh[i]?.path ?? '', read }), true),
    )
    await Promise.allSettled(added.map(async (one) => (await one)?.written))
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
    if (!wasKnown) await this.#refresh([path])
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
    const namesTell = (path: string) => this.#namesTell(path)
    const parts = { session: this.#session, decoder: this.#decoder, fileIndex: this.#fileIndex, namesTell }
    const liveOf = () => this.#fileIndex.entries.get(file.path)?.live
    const live = liveOf()
    const reread = await rereadKnown(parts, file, (path, decision) => this.#decide(path, '', decision))
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
    const now = await this.#decoder.digest(path)
    if (now.kind === 'gone') return 'dropped'
    if (now.kind === 'growing') return lastTry ? null : 'growing'
    if (now.kind === 'failed') return null
    return this.#decide(path, now.digest, () => this.#recognise(path, now, now.state, settled))
  }

  async #read(file: FoundFile, { lastTry, settled, urgent }: Turn): Promise<Taken> {
    const { path } = file
    const result = await this.#decoder.read(path, file.sidecars)
    if (result.kind === 'gone') return 'dropped'
    if (result.kind === 'growing')
      return lastTry ? this.#refuse(file, { id: 'fileGrowing' }, true) : 'growing'
    if (result.kind === 'failed') return this.#refuse(file, result.text, result.again)
    await this.forgetFailed(path)
    const photo = this.#dated({ path, read: result.photo })
    const { digest } = result.photo
    const first = await this.#firstOf(photo)
    if (first) return this.#settle(photo, await this.#batches.complete(first, photo, urgent()))
    const known: Outcome | 'growing' | 'unsettled' | null = await this.#decide(
      path,
      digest,
      async () =>
        (await this.#recognise(path, result.photo, readState(photo), settled)) ??
        (await this.#replace(photo)),
    )
    if (known === 'growing' && lastTry) return 'dropped'
    return known ?? this.#add(photo, urgent())
  }

  /** The entry of a photo that a first look at the same content added; null where there is none. */
  #firstOf({ path, read }: NewPhoto): Promise<Entry | null> {
    return this.#inTurn(() => {
      const entry = this.#fileIndex.entries.get(path)
      return Promise.resolve(entry && !entry.missing && entry.digest === read.first ? entry : null)
    })
  }

  /** Whether the name of a file there tells when its photo was taken. */
  #namesTell(path: string): boolean {
    return this.#rootOf(path)?.nameDates === true
  }

  #dated(photo: NewPhoto): NewPhoto {
    return this.#namesTell(photo.path) ? { ...photo, read: withNameDate(photo.read, photo.path) } : photo
  }

  /** The names of files below a folder tell dates from now on, or no longer: those that may are read again when they are met. */
  rereadNamed(folder: string): Promise<void> {
    return this.#inTurn(async () => {
      const entries = new Map<string, Entry>()
      for (const [path, entry] of this.#fileIndex.entries)
        if (isIn(placeOf(path), folder) && nameDate(placeOf(path))) entries.set(path, { ...entry, reader: 0 })
      await noteAll(this.#session, this.#fileIndex, entries)
    })
  }

  /** Decides about a path. Where another process decided too, what it wrote is read first and counts. */
  #decide<T>(path: string, digest: string, decision: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      for (let conflicts = 0; ; conflicts++) {
        try {
          return await decision()
        } catch (error) {
          if (!hasCode(error, 'CONFLICT') || conflicts === maxConflicts) throw error
          await this.#refresh([path, ...this.#fileIndex.pathsOf(digest)])
        }
      }
    })
  }

  #inTurn<T>(decision: () => Promise<T>): Promise<T> {
    const decided = this.#deciding.then(decision)
    this.#deciding = decided.catch(() => undefined)
    return decided
  }

  async #refresh(paths: string[]) {
    for (const path of paths) {
      const entry = await fetchEntry(this.#session, path)
      if (entry) this.#fileIndex.set(path, entry)
      else this.#fileIndex.delete(path)
    }
  }

  /** Says which photo a file is by what it holds. Null: none that the gallery has. */
  async #recognise(path: string, content: Content, state: FileState, settled: boolean) {
    const entry = this.#fileIndex.entries.get(path)
    if (entry && isContent(entry.digest, content)) {
      await this.forgetFailed(path)
      if (entry.missing) return this.#relocate(entry, path, path, state)
      // Same content, other date: nothing changed, but that is only known once the file was read.
      await this.#note(path, atHand(entry, state))
      return 'unchanged' as const
    }
    const moved = await this.#findVacated(path, content, state)
    if (moved) {
      if (entry) await this.#park(entry, path)
      await this.forgetFailed(path)
      return this.#relocate(moved.entry, moved.path, path, state)
    }
    return entry && !entry.missing && !settled ? ('unsettled' as const) : null
  }

  async #refuse({ path, size, mtime }: FoundFile, text: Text, again: boolean): Promise<Outcome> {
    const reason = english(text)
    const failure = { size: again ? anySize : size, mtime, reason, text, decoder: decoderVersion }
    const entry = this.#fileIndex.entries.get(path)
    const isGone = !again && entry && (await withdrawPhoto(this.#session, path, entry))
    if (isGone) this.#fileIndex.delete(path)
    await noteFailure(this.#session, path, failure)
    this.#fileIndex.failures.set(path, failure)
    return 'failed'
  }

  /**
   * Another content at a path that had a photo: an edit, and the photo stays. Where the photo had lost its file before, it is
   * another picture, which only has that name; where it was away with its drive, it may be. Null: the file is a new photo. `growing`: it has
   * changed since it was read; `unsettled`: its folder is another one by now, which is to be read first.
   */
  async #replace(photo: NewPhoto): Promise<Outcome | 'growing' | 'unsettled' | null> {
    const { path } = photo
    if (!this.#fileIndex.entries.has(path)) return null
    // In this order: a file of another folder, which is back in its place by now, is not what was read.
    const now = await lstat(path).catch(() => null)
    if (!now || !isSameState(readState(photo), stateOf(now))) return 'growing'
    if (!(await this.#meet(path))) return 'unsettled'
    const entry = this.#fileIndex.entries.get(path)
    if (!entry) return null
    const { away } = entry
    const known = this.#fileIndex
    if (
      entry.missing ||
      (away !== undefined && !(await isBackEdited(this.#session, known, { ...entry, away }, photo)))
    ) {
      await this.#park(entry, path)
      return null
    }
    const next = await changePhoto(this.#session, entry, photo)
    if (next) this.#fileIndex.set(path, next)
    // A user removed the photo: its file is known by its new content, and stays out.
    else await this.#note(path, { ...atHand(entry), ...asRead(photo) })
    return next ? 'changed' : 'unchanged'
  }

  /** The photo that had this content, where its own file holds it no longer. */
  async #findVacated(found: string, { digest, first = digest }: Content, { ino }: FileState) {
    const parts = { decoder: this.#decoder, rootOf: this.#rootOf }
    const alike = new Set([...this.#fileIndex.pathsOf(digest), ...this.#fileIndex.pathsOf(first)])
    const known = [...alike].flatMap((path): [string, Entry][] => {
      const entry = this.#fileIndex.entries.get(path)
      return entry && path !== found ? [[path, entry]] : []
    })
    for (const [path, entry] of known.sort(byLikeness(found, ino))) {
      if (!(await isVacated(path, entry, found, parts))) continue
      const now = this.#fileIndex.entries.get(path) // a user may have moved the photo to another album meanwhile
      if (now?.photo === entry.photo) return { path, entry: now }
    }
    return null
  }

  /** Another photo's content has taken this one's path: it waits for its own to be found. */
  async #park(entry: Entry, path: string) {
    const parked = parkedPath(path, entry.photo)
    const next = await parkPhoto(this.#session, entry, path)
    if (!next) await this.#noteMoved(path, parked, { ...entry, missing: true })
    this.#fileIndex.delete(path)
    this.#fileIndex.set(parked, next ?? { ...entry, missing: true })
  }

  /** The file of a photo lies elsewhere now, or is back. */
  async #relocate(was: Entry, from: string, to: string, state: FileState): Promise<Outcome> {
    const dateAt = (path: string) => (this.#namesTell(path) ? nameDate(path)?.text : undefined)
    const entry = dateAt(placeOf(from)) === dateAt(to) ? was : { ...was, reader: 0 }
    const next = await relocatePhoto(this.#session, entry, from, to, state)
    if (!next) await this.#noteMoved(from, to, atHand(entry, state))
    this.#fileIndex.delete(from)
    this.#fileIndex.set(to, next ?? atHand(entry, state))
    const root = this.#rootOf(to)
    if (root && dirname(placeOf(from)) !== dirname(to)) await this.#folders.follow(root, dirname(to))
    this.#pairing.note(to)
    if (from !== to && !isParked(from) && (await exists(from))) this.#vacated(from)
    return next ? 'changed' : 'unchanged'
  }

  /** The same for a photo that a user removed: its content stays known, and stays out. */
  async #noteMoved(from: string, to: string, entry: Entry) {
    await noteEntry(this.#session, to, entry)
    if (from !== to) await forgetEntry(this.#session, from)
  }

  /** The photo is a new one: it is written with its batch. */
  async #add(photo: NewPhoto, urgent: boolean): Promise<Written> {
    return this.#settle(photo, await this.#batches.add(photo, urgent))
  }

  #settle(photo: NewPhoto, { written }: Awaited<ReturnType<Batches['add']>>): Written {
    return {
      written: written.then((entry) => {
        if (entry === null) return 'dropped'
        if ('error' in entry) return entry
        this.#fileIndex.set(photo.path, entry)
        this.#pairing.note(photo.path)
        return 'added'
      }),
    }
  }

  /** Notes a file as known as it is now. That of a photo that a user removed is thus not taken in again. */
  async #note(path: string, entry: Entry) {
    await noteEntry(this.#session, path, entry)
    this.#fileIndex.set(path, entry)
  }

  /**
   * A user says that a file is a missing photo's although it holds something else. Throws NOT_FOUND where it cannot be read,
   * CONFLICT where it is a photo of its own.
   */
  async assign(photo: string, path: string): Promise<void> {
    const { sidecars } = await besideOf(path)
    const result = await this.#decoder.read(path, sidecars)
    const [from] = this.#fileIndex.pathsOfPhoto(photo)
    const entry = from === undefined ? undefined : this.#fileIndex.entries.get(from)
    if (result.kind !== 'photo' || from === undefined || !entry)
      throw new GalleryError('NOT_FOUND', 'noFolder', { path })
    if (this.#fileIndex.entries.has(path)) throw new GalleryError('CONFLICT', 'fileOfAnother')
    const { digest } = result.photo
    await this.#decide(path, digest, async () => {
      await this.#meet(path)
      await this.#relocate(entry, from, path, readState({ path, read: result.photo }))
      await this.#replace(this.#dated({ path, read: result.photo }))
    })
  }

  /** Writes the photos that wait for their batch to fill. */
  flush(): Promise<void> {
    return this.#batches.flush()
  }

  /** Puts files together that are one photo: those that have come, and all in `folder`. */
  pair(folder: string): Promise<void> {
    return this.#pairing.run(folder)
  }

  /** Does so no more. */
  close(): Promise<void> {
    return this.#pairing.close()
  }

  /** The file of a photo has gone: the photo stays, marked as missing. */
  lose(path: string): Promise<void> {
    return this.#inTurn(async () => {
      const entry = this.#fileIndex.entries.get(path)
      if (!entry || entry.missing) return
      const next = await markMissing(this.#session, entry, path)
      this.#fileIndex.set(path, next ?? { ...entry, missing: true })
    })
  }

  /**
   * To be asked before anything is believed that is told of a file: whether its root and folder are those that were known at their
   * paths. Where one is another by now, what was known there is away with the old one, and it is to be read; false is answered once.
   */
  async meet(path: string): Promise<boolean> {
    for (const folder of this.#foldersOf(path))
      if ((await this.#knownFolders.otherAt(folder)) !== null) return this.#inTurn(() => this.#meet(path))
    return true
  }

  async #meet(path: string): Promise<boolean> {
    for (const folder of this.#foldersOf(path))
      if (!(await this.#enter(folder))) {
        this.#exchanged(this.#rootOf(path)?.file ? path : folder)
        return false
      }
    return true
  }

  /** The folders that tell whether a file is where it was: its root says it of drives whose folders are alike. */
  #foldersOf(path: string): Set<string> {
    const root = this.#rootOf(path)
    return new Set([...(root && !root.file ? [root.path] : []), dirname(path)])
  }

  /** The same of a folder that is being read. */
  enter(folder: string): Promise<boolean> {
    return this.#inTurn(() => this.#enter(folder))
  }

  async #enter(folder: string): Promise<boolean> {
    const other = await this.#knownFolders.otherAt(folder)
    if (other === null) return true
    await noteOffline(this.#session, this.#fileIndex, pathsIn(this.known, { path: folder }))
    this.#knownFolders.note(folder, other)
    return false
  }

  /** A folder was taken away for a moment at least: it is the same one only where that can be told. */
  async doubt(folder: string): Promise<void> {
    if ((await exists(folder)) && !(await keepsNumbers(folder))) this.#knownFolders.doubt(folder)
  }

  /** Files cannot be seen, as their folder or drive is away with them. */
  offline(paths: Iterable<string>): Promise<void> {
    return this.#inTurn(() => noteOffline(this.#session, this.#fileIndex, paths))
  }

  /** Files were met unchanged. */
  met(files: FoundFile[]): Promise<void> {
    const back = files.map(({ path }) => path).filter((path) => this.#fileIndex.entries.get(path)?.away)
    return back.length === 0
      ? Promise.resolve()
      : this.#inTurn(() => noteBack(this.#session, this.#fileIndex, back))
  }

  /** The file that could not be read is not there any more, or can be read. */
  async forgetFailed(path: string): Promise<void> {
    if (this.#fileIndex.failures.delete(path)) await forgetFailure(this.#session, path)
  }
}
