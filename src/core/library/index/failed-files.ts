import { english } from '../../../shared/i18n/english.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import type { Session } from '../../gallery/session.ts'
import { withdrawPhoto } from '../writing/complete-photos.ts'
import { isSameState, type Look } from './file-identity.ts'
import { decoderVersion, type FileIndex } from './file-index.ts'
import { forgetFailure, noteFailure } from './index-writer.ts'
import type { FoundFile } from '../roots/walk.ts'

/** The size of a file whose failure is not its content's: it fits no file, so the next scan tries again. */
const anySize = -1

/** Files that could not be read, which are not read again before they change. */
export class FailedFiles {
  readonly #session: Session
  readonly #fileIndex: FileIndex

  constructor(session: Session, fileIndex: FileIndex) {
    this.#session = session
    this.#fileIndex = fileIndex
  }

  /** Whether a file could not be read as it is now, or cannot even be looked at. */
  has(file: FoundFile, look: Look): boolean {
    const { failures } = this.#fileIndex
    if (file.problem) {
      const { size, mtime, problem: text } = file
      failures.set(file.path, { size, mtime, reason: english(text), text, decoder: decoderVersion })
    }
    const failure = failures.get(file.path)
    return failure !== undefined && isSameState(failure, file, look) && failure.decoder >= decoderVersion
  }

  /** Notes that a file could not be read. `again`: its content is not at fault. */
  async add({ path, size, mtime }: FoundFile, text: Text, again: boolean): Promise<'failed'> {
    const reason = english(text)
    const failure = { size: again ? anySize : size, mtime, reason, text, decoder: decoderVersion }
    const entry = this.#fileIndex.entries.get(path)
    const isGone = !again && entry && (await withdrawPhoto(this.#session, path, entry))
    if (isGone) this.#fileIndex.delete(path)
    await noteFailure(this.#session, path, failure)
    this.#fileIndex.failures.set(path, failure)
    return 'failed'
  }

  /** The file is not there any more, or can be read. */
  async forget(path: string): Promise<void> {
    if (this.#fileIndex.failures.delete(path)) await forgetFailure(this.#session, path)
  }
}
