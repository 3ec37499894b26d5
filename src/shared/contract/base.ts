import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { Text } from '../schemas/text.ts'

/** The message is English; the text lets a window say the same in its own language. */
const data = z.object({ text: Text })

/** Each way to refuse (errors.ts), with its status over HTTP. The message that comes along is fit for users. */
const ways = {
  NOT_FOUND: { status: 404, data },
  FORBIDDEN: { status: 403, data },
  CONFLICT: { status: 409, data },
  INVALID: { status: 400, data },
  UNAVAILABLE: { status: 503, data },
  UNSUPPORTED: { status: 415, data },
} satisfies Record<ErrorCode, { status: number; data: typeof data }>

/** What any call may meet: Redis refuses what its account may not do (FORBIDDEN), or is away (UNAVAILABLE). */
export const base = oc.errors({ FORBIDDEN: ways.FORBIDDEN, UNAVAILABLE: ways.UNAVAILABLE })

/** Some of the ways to refuse. */
export const refusals = <Code extends ErrorCode>(...codes: Code[]) =>
  Object.fromEntries(codes.map((code) => [code, ways[code]])) as Pick<typeof ways, Code>

/** A procedure that may refuse in these ways too. */
export const refusing = <Code extends ErrorCode>(...codes: Code[]) => base.errors(refusals(...codes))

/** A procedure whose answer stays open: a caller who has too many of these is refused. */
export const streaming = base.errors({ TOO_MANY_REQUESTS: { status: 429, data } })
