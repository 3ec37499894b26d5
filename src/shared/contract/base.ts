import { oc } from '@orpc/contract'

/** Every procedure may refuse in these ways (errors.ts); the message is fit for people. */
export const base = oc.errors({
  NOT_FOUND: { status: 404 },
  FORBIDDEN: { status: 403 },
  CONFLICT: { status: 409 },
  INVALID: { status: 400 },
  UNAVAILABLE: { status: 503 },
  UNSUPPORTED: { status: 415 },
})
