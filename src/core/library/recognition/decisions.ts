import { hasCode } from '../../../shared/errors.ts'
import type { Session } from '../../gallery/session.ts'
import type { FileIndex } from '../index/file-index.ts'
import { fetchEntry } from './locate-photo.ts'

/** Times that a decision is made anew because another process made one too. */
const maxConflicts = 3

/** Decisions about files are made one after the other, as one may move what the next is about. */
export class Decisions {
  readonly #session: Session
  readonly #fileIndex: FileIndex
  #deciding: Promise<unknown> = Promise.resolve()

  constructor(session: Session, fileIndex: FileIndex) {
    this.#session = session
    this.#fileIndex = fileIndex
  }

  /** Makes a decision once those before it are made. It must not wait for another one's turn. */
  inTurn<T>(decision: () => Promise<T>): Promise<T> {
    const decided = this.#deciding.then(decision)
    this.#deciding = decided.catch(() => undefined)
    return decided
  }

  /**
   * Decides about a path, and a content that may be other paths' too. Where another process decided as well, what it wrote is read
   * first and counts.
   */
  about<T>(path: string, digest: string, decision: () => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      for (let conflicts = 0; ; conflicts++) {
        try {
          return await decision()
        } catch (error) {
          if (!hasCode(error, 'CONFLICT') || conflicts === maxConflicts) throw error
          await this.refresh([path, ...this.#fileIndex.pathsOf(digest)])
        }
      }
    })
  }

  /** Reads from Redis what is known of some paths. */
  async refresh(paths: string[]) {
    for (const path of paths) {
      const entry = await fetchEntry(this.#session, path)
      if (entry) this.#fileIndex.set(path, entry)
      else this.#fileIndex.delete(path)
    }
  }
}
