import { z } from 'zod'

/** Who is asking, of which gallery, and from where. */
export const SessionInfo = z.object({
  account: z.string(),
  displayName: z.string(),
  administrator: z.boolean(),
  guest: z.boolean(),
  /** A visitor with a share link. */
  share: z.boolean(),
  /** May make albums. */
  canCreateAlbums: z.boolean(),
  gallery: z.object({ id: z.string(), name: z.string() }),
  shell: z.enum(['desktop', 'browser', 'cli']),
  host: z.string(),
  /** The caller may see and change which folders of this host are taken in. */
  library: z.boolean(),
  /** Files may be sent by the browser: to albums that an account may modify, or to the one of a link that lets its visitors. */
  uploads: z.boolean(),
  /** Where Redis is, in words, without any secret. */
  redis: z.string(),
  /**
   * The account that has given its password and has to add codes or a passkey first (`logins.setRequirement`): until then it is answered as a
   * guest, but for `ways`. Absent for all others.
   */
  settingUp: z.string().optional(),
  /** What a power cut took from the file that Redis keeps, for administrators: when it was noticed, and where a copy is. */
  damage: z.object({ at: z.string(), lost: z.number().int(), copy: z.string().nullable() }).nullable(),
})

/** One line of what `doctor` says. */
export const Check = z.object({
  what: z.string(),
  state: z.enum(['ok', 'warning', 'problem']),
  detail: z.string(),
})

/** A server that the gallery lies on, as it says of itself. */
export const StoreNode = z.object({
  /** `host:port`; for the only server the words in which messages tell where it is. */
  name: z.string(),
  /** Null where it cannot be reached, as all that follows. */
  role: z.enum(['primary', 'replica']).nullable(),
  /** Seconds since a replica has heard of its primary; null for a primary, and where that was lost. */
  behind: z.number().int().nullable(),
  /** It has the rights that the record says; null where there is one server alone, or nobody here looks after them. */
  inStep: z.boolean().nullable(),
  /** Bytes; a limit of 0 is none. */
  memory: z.object({ used: z.number(), limit: z.number() }).nullable(),
})

/** Whether Redis and the gallery are well. */
export const Health = z.object({
  checks: z.array(Check),
  photos: z.number().int(),
  albums: z.number().int(),
  /** Bytes of Redis memory for one photo, over a sample of photos; null while there is none. */
  metadataBytes: z.number().nullable(),
  thumbnailBytes: z.number().nullable(),
})

/** Something in the gallery that does not hold together, in words. */
export const Finding = z.object({ what: z.string(), count: z.number().int(), example: z.string() })

/** What shows where a RAW and a picture are one photo; `off`: no files become one photo by themselves. */
export const StackSetting = z.enum(['picture', 'raw', 'off'])

export type StackSetting = z.infer<typeof StackSetting>
export type Finding = z.infer<typeof Finding>
export type SessionInfo = z.infer<typeof SessionInfo>
export type StoreNode = z.infer<typeof StoreNode>
export type Check = z.infer<typeof Check>
export type Health = z.infer<typeof Health>
