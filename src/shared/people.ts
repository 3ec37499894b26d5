import { z } from 'zod'
import { Level, ShareName } from './rights.ts'
import { AccountName, AlbumId } from './schemas.ts'

export const Role = z.enum(['administrator', 'member'])

/** 1 to 100 characters without control characters; without one, the account's name is shown. */
export const DisplayName = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'may not hold control characters')

/** What an account logs in to Redis with: made from its password by whoever typed that (core/gallery/credentials.ts). */
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

/** How it stands in the account's record. */
export const setAsideText = ({ kind, amount, at }: SetAside): string => `${kind} ${amount} ${at}`

/** From there; null where it is none. */
export const parseSetAside = (text: string | undefined): SetAside | null => {
  const [kind, amount, at] = (text ?? '').split(' ')
  const parsed = SetAside.safeParse({ kind, amount: Number(amount), at })
  return parsed.success ? parsed.data : null
}

export const Account = z.object({
  name: AccountName,
  displayName: z.string(),
  role: Role,
  /** May make albums, which are its own then. */
  canCreateAlbums: z.boolean(),
  disabled: z.boolean(),
  /** Disabled by the gallery itself, as its own keys took too much room; null where they did not. */
  setAside: SetAside.nullable(),
  /** Somebody can log in with it. */
  hasPassword: z.boolean(),
  /** Grows with each change: two administrators who edit the same account notice each other. */
  revision: z.number().int(),
  created: z.string().nullable(),
  groups: z.array(AccountName),
})

export const Group = z.object({
  name: AccountName,
  displayName: z.string(),
  members: z.array(AccountName),
})

/** Who may do what: for each subject the albums that it has a right on by itself. */
export const RightsTable = z.object({
  grants: z.record(z.string(), z.record(z.string(), Level)),
  public: z.array(AlbumId),
  /** Albums that accounts made as their own, which they may modify. */
  made: z.record(z.string(), z.array(AlbumId)),
})

/** One line of the record of who may what. */
export const AuditLine = z.object({
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
  by: z.string(),
  what: z.string(),
  subject: z.string(),
  /** How often in a row the account did this, the last time at `at`. */
  count: z.number().int(),
  /** ISO 8601: the first time; null where it was once. */
  since: z.string().nullable(),
  /** Field, former and new value of an account or group. */
  fields: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })),
  rights: z.array(z.object({ subject: z.string(), album: z.string(), from: Level, to: Level })),
})

/** Somebody who is logged in somewhere. */
export const LiveSession = z.object({
  id: z.string(),
  account: z.string(),
  /** `desktop`, `browser`, `cli`; `other` is another program, or what calls itself by somebody else's name. */
  shell: z.string(),
  /** The computer that it runs on; for a browser, its address. */
  host: z.string(),
  /** Seconds. */
  age: z.number().int(),
  idle: z.number().int(),
  /** The session that asks. */
  own: z.boolean(),
})

export const Share = z.object({
  name: ShareName,
  album: AlbumId,
  label: z.string(),
  by: z.string(),
  created: z.string(),
  expires: z.string(),
  /** The link alone is not enough. */
  hasPassword: z.boolean(),
  expired: z.boolean(),
})

/** What Redis itself says that an account may do with an album. */
export const Seen = z.object({ album: AlbumId, right: Level })

/** Who has logged in on this computer, and how its window can be entered. */
export const KnownPeople = z.object({
  known: z.array(z.object({ account: AccountName, remembered: z.boolean() })),
  canRemember: z.boolean(),
  /** It can be opened as the owner of this computer's gallery. */
  owner: z.boolean(),
  /** Who has locked it. */
  locked: AccountName.nullable(),
})

export type HoldingKind = z.infer<typeof HoldingKind>
export type SetAside = z.infer<typeof SetAside>
export type KnownPeople = z.infer<typeof KnownPeople>
export type Role = z.infer<typeof Role>
export type Account = z.infer<typeof Account>
export type Group = z.infer<typeof Group>
export type RightsTable = z.infer<typeof RightsTable>
export type AuditLine = z.infer<typeof AuditLine>
export type LiveSession = z.infer<typeof LiveSession>
export type Share = z.infer<typeof Share>
export type Seen = z.infer<typeof Seen>
