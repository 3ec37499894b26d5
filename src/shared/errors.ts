/** The reasons for which the gallery refuses. Every shell turns them into its own kind of answer. */
export const errorCodes = [
  'NOT_FOUND',
  'FORBIDDEN',
  'CONFLICT',
  'INVALID',
  'UNAVAILABLE',
  'UNSUPPORTED',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/**
 * The one error of the core. Its message is shown to people as it stands: it says what happened and what to do.
 * Anything else that is thrown is a bug.
 */
export class GalleryError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'GalleryError'
    this.code = code
  }
}

/** Whether the gallery refused for this reason. */
export const hasCode = (error: unknown, code: ErrorCode): error is GalleryError =>
  error instanceof GalleryError && error.code === code
