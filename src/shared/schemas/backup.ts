import { z } from 'zod'

/** What a backup holds: `photos` and `albums` with those in the trash, `keys` of Redis besides thumbnails. */
export const BackupCounts = z.object({
  keys: z.number().int(),
  thumbnails: z.number().int(),
  photos: z.number().int(),
  albums: z.number().int(),
})

/** A backup that was made. `file`: null where it went to standard output. */
export const BackupMade = BackupCounts.extend({
  file: z.string().nullable(),
  bytes: z.number().int(),
  created: z.iso.datetime(),
})

/** The last backup that was made from this computer's data folder, and what this shell can do itself. */
export const BackupStatus = z.object({
  last: BackupMade.nullable(),
  /** A backup can be saved from this window. */
  saves: z.boolean(),
  /** A backup can be restored from this window: the gallery's Redis is this computer's own. */
  restores: z.boolean(),
  /** The gallery's name where it is not the usual one, which the command line has to be told. */
  gallery: z.string(),
})

/** A backup file that was chosen and read to its end: it is whole. */
export const ChosenBackup = BackupCounts.extend({
  file: z.string(),
  created: z.iso.datetime(),
  host: z.string(),
  gallery: z.string(),
})

/** How far it is, in steps that mean nothing else; `made` once a backup is whole. */
export const BackupProgress = z.object({
  done: z.number(),
  total: z.number(),
  made: BackupMade.optional(),
})

export type BackupCounts = z.infer<typeof BackupCounts>
export type BackupMade = z.infer<typeof BackupMade>
export type BackupStatus = z.infer<typeof BackupStatus>
export type ChosenBackup = z.infer<typeof ChosenBackup>
export type BackupProgress = z.infer<typeof BackupProgress>
