import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import type { Decisions } from './decisions.ts'
import { isSameState, onlyState, stateOf, type FileState } from '../index/file-identity.ts'
import type { FileIndex } from '../index/file-index.ts'
import { noteBack, noteOffline } from './offline-files.ts'
import { markMissing } from '../writing/photo-writer.ts'
import { KnownFolders } from '../roots/known-folders.ts'
import { pathsIn } from '../roots/paths-in.ts'
import { keepsNumbers } from '../roots/stable-numbers.ts'
import { exists, type FoundFile } from '../roots/walk.ts'

interface PresenceParts {
  session: Session
  fileIndex: FileIndex
  decisions: Decisions
  /** The registered root that a path belongs to; null where its folder is not registered any more. */
  rootOf: (path: string) => RegisteredRoot | null
  /** Another folder than the one that was known is at a path, or at that of a root that is a single file: it is to be read. */
  exchanged: (path: string) => void
}

/** The photo of a file that was read is noted. See Presence.reading. */
export type Noted = (path: string, state: FileState) => Promise<void>

/** Whether the files of photos are where they were: there, missing, or away with their folder or drive. */
export class Presence {
  readonly #parts: PresenceParts
  readonly #knownFolders = new KnownFolders()
  /** How many folders have turned out to be others. */
  #exchanges = 0

  constructor(parts: PresenceParts) {
    this.#parts = parts
  }

  /**
   * To be asked before anything is believed that is told of a file: whether its root and folder are those that were known at their
   * paths. Where one is another by now, what was known there is away with the old one, and it is to be read; false is answered once.
   */
  async meet(path: string): Promise<boolean> {
    for (const folder of this.#foldersOf(path))
      if ((await this.#knownFolders.otherAt(folder)) !== null)
        return this.#parts.decisions.inTurn(() => this.meetInTurn(path))
    return true
  }

  /** The same within a decision. */
  async meetInTurn(path: string): Promise<boolean> {
    const { rootOf, exchanged } = this.#parts
    for (const folder of this.#foldersOf(path))
      if (!(await this.#enter(folder))) {
        exchanged(rootOf(path)?.file ? path : folder)
        return false
      }
    return true
  }

  /** Whether the file of a photo is at its path now, rather than another card's that has its name. */
  async isHere(path: string, photo: string): Promise<boolean> {
    if (!(await this.meet(path))) return false
    const entry = this.#parts.fileIndex.entries.get(path)
    return entry?.photo === photo && !entry.missing && entry.away === undefined
  }

  /** The folders that tell whether a file is where it was: its root says it of drives whose folders are alike. */
  #foldersOf(path: string): Set<string> {
    const root = this.#parts.rootOf(path)
    return new Set([...(root && !root.file ? [root.path] : []), dirname(path)])
  }

  /** As `meet`, of a folder that is about to be read. */
  async enter(folder: string): Promise<boolean> {
    if ((await this.#knownFolders.otherAt(folder)) === null) return true
    return this.#parts.decisions.inTurn(() => this.#enter(folder))
  }

  async #enter(folder: string): Promise<boolean> {
    const { session, fileIndex } = this.#parts
    const other = await this.#knownFolders.otherAt(folder)
    if (other === null) return true
    await noteOffline(session, fileIndex, pathsIn(fileIndex, { path: folder }))
    this.#knownFolders.note(folder, other)
    this.#exchanges++
    return false
  }

  /**
   * To be asked within a decision that rests on what was read of a file: `yes` where it is still as it was read, in the folder that is
   * known. In this order: a file of another folder, which is back in its place by now, is not what was read.
   */
  async isAsRead(path: string, state: FileState): Promise<'yes' | 'changed' | 'exchanged'> {
    const now = await lstat(path).catch(() => null)
    if (!now || !isSameState(state, stateOf(now))) return 'changed'
    return (await this.meetInTurn(path)) ? 'yes' : 'exchanged'
  }

  /**
   * To be called before a file is read whose photo is not noted within a decision; what it returns, once that is noted. Where a folder
   * turned out to be another one meanwhile, and the file is not there as it was read, it is away with the old one.
   */
  reading(): Noted {
    const { session, fileIndex, decisions } = this.#parts
    const before = this.#exchanges
    return async (path, state) => {
      if (this.#exchanges === before) return
      await decisions.inTurn(async () => {
        if ((await this.isAsRead(path, state)) === 'changed') await noteOffline(session, fileIndex, [path])
      })
    }
  }

  /** A folder was taken away for a moment at least: it is the same one only where that can be told. */
  async doubt(folder: string): Promise<void> {
    if ((await exists(folder)) && !(await keepsNumbers(folder))) this.#knownFolders.doubt(folder)
  }

  /** Another server may have seen other folders in a root meanwhile. */
  forget(root: string) {
    this.#knownFolders.forget(root)
  }

  /** The file of a photo has gone: the photo stays, marked as missing. */
  lose(path: string): Promise<void> {
    const { session, fileIndex, decisions } = this.#parts
    return decisions.inTurn(async () => {
      const entry = fileIndex.entries.get(path)
      if (!entry || entry.missing) return
      const next = await markMissing(session, entry, path)
      fileIndex.set(path, next ?? { ...entry, missing: true })
    })
  }

  /** Files cannot be seen, as their folder or drive is away with them. */
  offline(paths: Iterable<string>): Promise<void> {
    const { session, fileIndex, decisions } = this.#parts
    return decisions.inTurn(() => noteOffline(session, fileIndex, paths))
  }

  /** Files were met unchanged. Those of a folder that is another one by now are not back. */
  async met(files: FoundFile[]): Promise<void> {
    const { session, fileIndex, decisions } = this.#parts
    const back = files.filter(({ path }) => fileIndex.entries.get(path)?.away)
    if (back.length === 0) return
    await decisions.inTurn(async () => {
      let there: string[]
      let before: number
      // As another folder turns up, those that were looked at before it may have gone with theirs.
      do {
        before = this.#exchanges
        there = []
        for (const file of back)
          if ((await this.isAsRead(file.path, onlyState(file))) === 'yes') there.push(file.path)
      } while (this.#exchanges !== before)
      await noteBack(session, fileIndex, there)
    })
  }
}
