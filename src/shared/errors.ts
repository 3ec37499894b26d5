import { english } from './i18n/english.ts'
import type { Text, TextBlanks, TextId } from './i18n/text.ts'

/** The reasons for which the gallery refuses. Every shell turns them into its own kind of answer. */
export type ErrorCode = 'NOT_FOUND' | 'FORBIDDEN' | 'CONFLICT' | 'INVALID' | 'UNAVAILABLE' | 'UNSUPPORTED'

/**
 * The one error of the core. It carries a text that says what happened and what to do, for every shell to show in its own
 * language; its message is the same in English. Anything else that is thrown is a bug.
 */
export class GalleryError extends Error {
  readonly code: ErrorCode
  readonly text: Text

  /** `id` and `blanks`: see src/shared/messages/en/errors.json. */
  constructor(code: ErrorCode, id: TextId, blanks: TextBlanks = {}, options?: ErrorOptions) {
    super(english({ id, blanks }), options)
    this.name = 'GalleryError'
    this.code = code
    this.text = { id, blanks }
  }
}

/** Whether the gallery refused for this reason. */
export const hasCode = (error: unknown, code: ErrorCode): error is GalleryError =>
  error instanceof GalleryError && error.code === code

/** What an error says of itself; anything else that was thrown, as text. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Whether a system call failed, by its code, as there is no room left on the disk, or for its user. */
export const isDiskFull = (code: string | undefined): boolean => code === 'ENOSPC' || code === 'EDQUOT'

/** The code of a system call that failed, such as `ENOENT`; undefined where it was none. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
