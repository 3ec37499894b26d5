import { dirname } from 'node:path'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import type { Decisions } from './decisions.ts'
import type { FileIndex } from './file-index.ts'
import { noteBack, noteOffline } from './offline-files.ts'
import { markMissing } from './photo-writer.ts'
import { KnownFolders } from './roots/known-folders.ts'
import { pathsIn } from './roots/paths-in.ts'
import { keepsNumbers } from './roots/stable-numbers.ts'
import { exists, type FoundFile } from './roots/walk.ts'

interface PresenceParts {
  session: Session
  fileIndex: FileIndex
  decisions: Decisions
  /** The registered root that a path belongs to; null where its folder is not registered any more. */
  rootOf: (path: string) => RegisteredRoot | null
  /** Another folder than the one that was known is at a path, or at that of a root that is a single file: it is to be read. */
  exchanged: (path: string) => void
}

/** Whether the files of photos are where they were: there, missing, or away with their folder or drive. */
export class Presence {
  readonly #parts: PresenceParts
  readonly #knownFolders = new KnownFolders()

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
    return false
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

  /** Files were met unchanged. */
  met(files: FoundFile[]): Promise<void> {
    const { session, fileIndex, decisions } = this.#parts
    const back = files.map(({ path }) => path).filter((path) => fileIndex.entries.get(path)?.away)
    return back.length === 0 ? Promise.resolve() : decisions.inTurn(() => noteBack(session, fileIndex, back))
  }
}
