import { CompactEncrypt, compactDecrypt } from 'jose'
import { z } from 'zod'
import { LoginKey } from '../../shared/schemas/account.ts'
import { AccountName, ShareName } from '../../shared/schemas/ids.ts'

/** What a browser keeps of its session, which only the servers of its gallery can read. */
export const Ticket = z.object({
  account: z.union([AccountName, ShareName]),
  /** What the account logs in to Redis with. */
  key: LoginKey,
  /** The session's id, as its connections carry it. */
  id: z.string().regex(/^[0-9A-Za-z]{8}$/),
  /** When it began, by the clock of Redis, in milliseconds since 1970. */
  begun: z.int().min(0),
  /** When this was sealed, by the clock of the server that did, in milliseconds since 1970. */
  sealed: z.int().min(0),
  /** Until when the provider's word counts, in milliseconds since 1970; absent in sessions that need none. */
  vouched: z.int().min(0).optional(),
  /** A listed proxy said whose it is (ways/header-login.ts). */
  byHeader: z.literal(true).optional(),
})

export type Ticket = z.infer<typeof Ticket>

/** More than the longest account's ticket comes to, in characters. */
const maxTokenLength = 1024
const methods = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }

/** Seals what a browser keeps so that nobody else can read or make one: encrypted JSON of RFC 7516 under one key of 256 bits. */
export class Seal<T> {
  readonly #key: Uint8Array
  readonly #schema: z.ZodType<T>

  /** `key`: 32 bytes, for one kind of content alone. */
  constructor(key: Uint8Array, schema: z.ZodType<T>) {
    this.#key = key
    this.#schema = schema
  }

  seal(ticket: T): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(ticket)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.#key)
  }

  /** What is sealed; null for anything else, which costs less than a millisecond. */
  async open(token: string): Promise<T | null> {
    if (token.length > maxTokenLength) return null
    try {
      const { plaintext } = await compactDecrypt(token, this.#key, methods)
      return this.#schema.parse(JSON.parse(new TextDecoder().decode(plaintext)))
    } catch {
      return null
    }
  }
}
