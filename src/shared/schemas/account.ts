import { z } from 'zod'
import { AccountName } from './ids.ts'

/** Administrators may do everything; members what they were given. */
export const Role = z.enum(['administrator', 'member'])

/** 1 to 100 characters without control characters; without one, the account's name is shown. */
export const DisplayName = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'may not hold control characters')

/**
 * What an account logs in to Redis with: made from its password by the client that it was typed into
 * (core/gallery/credentials.ts).
 */
export const LoginKey = z.string().regex(/^[0-9a-f]{64}$/, 'is not a login key')

/** What of an account's own keys can outgrow a limit: all together, one record, one stream, or the number of albums. */
export const HoldingKind = z.enum(['memory', 'record', 'stream', 'albums'])

/** Why the gallery itself took an account's login away. */
export const SetAside = z.object({
  kind: HoldingKind,
  /** Bytes, entries or albums, at least. */
  amount: z.number().int().nonnegative(),
  /** ISO 8601. */
  at: z.string(),
})

/** An account, as administrators see it. */
export const Account = z.object({
  name: AccountName,
  displayName: z.string(),
  role: Role,
  /** May make albums, which are its own then. */
  canCreateAlbums: z.boolean(),
  disabled: z.boolean(),
  /** Disabled by the gallery itself, as its own keys took too much room; null where they did not. */
  setAside: SetAside.nullable(),
  /** It has a login. */
  hasPassword: z.boolean(),
  /** Grows with each change: two administrators who edit the same account notice each other. */
  revision: z.number().int(),
  created: z.string().nullable(),
  groups: z.array(AccountName),
})

/** A group of accounts: what it is given, its members have. */
export const Group = z.object({
  name: AccountName,
  displayName: z.string(),
  members: z.array(AccountName),
})

/** A session of an account, in one program on one computer. */
export const LiveSession = z.object({
  id: z.string(),
  account: z.string(),
  /** `desktop`, `browser`, `cli`; `other` is another program, or what calls itself by another program's name. */
  shell: z.string(),
  /** The computer that it runs on; for a browser, its address. */
  host: z.string(),
  /** Seconds. */
  age: z.number().int(),
  idle: z.number().int(),
  /** The session that asks. */
  own: z.boolean(),
})

/** Who has logged in on this computer, and how its window can be entered. */
export const DesktopAccess = z.object({
  known: z.array(z.object({ account: AccountName, remembered: z.boolean() })),
  canRemember: z.boolean(),
  /** It can be opened as the owner of this computer's gallery. */
  owner: z.boolean(),
  /** Who has locked it. */
  locked: AccountName.nullable(),
})

export type HoldingKind = z.infer<typeof HoldingKind>
export type SetAside = z.infer<typeof SetAside>
export type DesktopAccess = z.infer<typeof DesktopAccess>
export type Role = z.infer<typeof Role>
export type Account = z.infer<typeof Account>
export type Group = z.infer<typeof Group>
export type LiveSession = z.infer<typeof LiveSession>
