import { oc } from '@orpc/contract'
import type { ErrorCode } from '../errors.ts'

/** Each way to refuse (errors.ts), with its status over HTTP. The message that comes along is fit for people. */
const refusals = {
  NOT_FOUND: { status: 404 },
  FORBIDDEN: { status: 403 },
  CONFLICT: { status: 409 },
  INVALID: { status: 400 },
  UNAVAILABLE: { status: 503 },
  UNSUPPORTED: { status: 415 },
} satisfies Record<ErrorCode, { status: number }>

/** What any call may meet: Redis refuses what its account may not do (FORBIDDEN), or is away (UNAVAILABLE). */
export const base = oc.errors({ FORBIDDEN: refusals.FORBIDDEN, UNAVAILABLE: refusals.UNAVAILABLE })

/** A procedure that may refuse in these ways too. */
export const refusing = <Code extends ErrorCode>(...codes: Code[]) =>
  base.errors(Object.fromEntries(codes.map((code) => [code, refusals[code]])) as Pick<typeof refusals, Code>)

/** A procedure whose answer stays open: a caller who has too many of these is refused. */
export const streaming = base.errors({ TOO_MANY_REQUESTS: { status: 429 } })
