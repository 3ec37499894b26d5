import { z } from 'zod'
import { subjectPattern } from '../domain/subjects.ts'
import { maxSelection } from '../domain/visitor-answers.ts'
import { downloads } from '../domain/visitor-switches.ts'
import { AlbumId, AlbumOrCollectionId, ShareName, TokenName } from './ids.ts'

/** What an account or a group may do with an album; each holds those before it. */
export const AccessLevel = z.enum(['none', 'read', 'comment', 'modify'])

/** What an account can be given on an album. */
export const GrantedLevel = AccessLevel.exclude(['none'])

/** What visitors are shown and given of an album besides its pictures and their words (shared/domain/visitor-switches.ts). */
export const VisitorSwitches = z.object({
  place: z.boolean(),
  camera: z.boolean(),
  marks: z.boolean(),
  download: z.enum(downloads),
  /** Search engines may tell of the album; absent: they are asked not to. */
  listed: z.boolean().optional(),
  /** Pictures larger than thumbnails carry the words of the gallery, and no originals are given; absent: they are as they are. */
  watermark: z.boolean().optional(),
})

/** What the visitors of a share link may say (shared/domain/visitor-answers.ts). */
export const VisitorAnswers = z.object({
  comments: z.boolean(),
  selection: z.number().int().min(0).max(maxSelection),
  closed: z.boolean(),
})

/** Who may do what: for each subject the albums that it has a right on by itself. */
export const RightsTable = z.object({
  grants: z.record(z.string(), z.record(z.string(), AccessLevel)),
  /** Albums, and collections. */
  public: z.array(AlbumOrCollectionId),
  /** What guests are shown of public albums. */
  shows: z.record(z.string(), VisitorSwitches),
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
  rights: z.array(z.object({ subject: z.string(), album: z.string(), from: AccessLevel, to: AccessLevel })),
})

/** A link by which one album can be read until a date. */
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
  /** What its visitors are shown and given. */
  shows: VisitorSwitches,
  /** How often it was opened, and on which day last (UTC); null where it never was. */
  visits: z.number().int(),
  lastVisit: z.string().nullable(),
  /** Bytes that they may add to the album; 0: none. */
  uploads: z.number(),
  /** What they may say. */
  answers: VisitorAnswers,
})

/** What Redis itself says that an account may do with an album. */
export const Seen = z.object({ album: AlbumId, right: AccessLevel })

/** Whom a right is given to: `account:ana`, `group:family`, or `guest` for all. */
export const Subject = z.string().regex(subjectPattern, 'is nobody to give a right to')

/** One right, given or taken. */
export const RightChange = z.object({
  subject: Subject,
  /** Or a collection. */
  album: AlbumOrCollectionId,
  right: AccessLevel,
  /** What it must be now, where the caller takes a change back. */
  from: AccessLevel.optional(),
})

export type GrantedLevel = z.infer<typeof GrantedLevel>
export type RightsTable = z.infer<typeof RightsTable>
export type AuditLine = z.infer<typeof AuditLine>
export type Share = z.infer<typeof Share>
export type Seen = z.infer<typeof Seen>
export type AccessLevel = z.infer<typeof AccessLevel>
export type Subject = z.infer<typeof Subject>
export type RightChange = z.infer<typeof RightChange>

/** Whom a provider of logins knows: issuer and subject together are one person for good. */
const providerPerson = {
  issuer: z.string().max(2048),
  subject: z.string().min(1).max(255),
}

export const ProviderSubject = z.object(providerPerson)

/** Somebody who logged in at the provider and has no account here. */
export const ProviderPerson = z.object({
  ...providerPerson,
  name: z.string(),
  email: z.string(),
  since: z.string(),
})

/** A person of the provider, and the account that they have here. */
export const ProviderLink = z.object({
  ...providerPerson,
  account: z.string(),
  name: z.string(),
  since: z.string(),
})

/** A group of the provider, and the group that it is here. */
export const GroupMapping = z.object({ theirs: z.string().trim().min(1).max(200), ours: z.string() })

export type ProviderPerson = z.infer<typeof ProviderPerson>
export type ProviderLink = z.infer<typeof ProviderLink>
export type GroupMapping = z.infer<typeof GroupMapping>

/** A token by which a person's scripts read over HTTP. Its secret is nowhere but with the person. */
export const ApiToken = z.object({
  name: TokenName,
  /** Whose it is. */
  account: z.string(),
  label: z.string(),
  created: z.string(),
  expires: z.string(),
  /** The albums that it reads, as far as its person may; null: all that the person may read. */
  albums: z.array(AlbumId).nullable(),
  /** The day on which it was used last, by the server's clock in UTC; null: never. */
  used: z.string().nullable(),
})

export type ApiToken = z.infer<typeof ApiToken>
