import { z } from 'zod'
import { AccountName } from './ids.ts'
import { LoginKey } from './account.ts'
import { Text } from './text.ts'

/** The server's authority, this computer's own certificate, and the key that belongs to it. */
export const CertificateKind = z.enum(['ca', 'cert', 'key'])

/** The path of a file that the user chose in the system's dialog: any other is refused. */
const FilePath = z.string().min(1).max(4096)

/** The files that TLS is spoken with; null where there is none. */
export const CertificatePaths = z.object({
  ca: FilePath.nullable(),
  cert: FilePath.nullable(),
  key: FilePath.nullable(),
})

/** A file as it is shown. */
export const CertificateFile = z.object({
  path: FilePath,
  /** Whom it names; empty for a key, and where it cannot be read any more. */
  name: z.string(),
  /** ISO 8601; null for a key, and where it cannot be read any more. */
  until: z.string().nullable(),
})

const CertificateFiles = z.object({
  ca: CertificateFile.nullable(),
  cert: CertificateFile.nullable(),
  key: CertificateFile.nullable(),
})

/** The way to a gallery on a server, as it was typed (core/redis/address.ts). */
export const GalleryAddress = z.object({
  url: z.string().trim().min(1).max(2000),
  files: CertificatePaths,
  /** What Sentinels ask for; empty where they ask for nothing, or for what this computer keeps for the same address. */
  sentinelPassword: z.string().max(1000),
})

/** The id of a gallery: it salts passwords. */
const GalleryId = z.string().min(1).max(100)

export const FoundGallery = z.object({ gallery: GalleryId })

/** Who joins which gallery: the key was made from the password by the page that it was typed into. */
export const JoinInput = GalleryAddress.extend({
  gallery: GalleryId,
  account: AccountName,
  key: LoginKey,
  remember: z.boolean(),
})

/** Where the gallery of a desktop's window is, and how it may be chosen. */
export const Place = z.object({
  /** In this computer's own Redis, on a server that it has joined, or where the environment says, which nothing here changes. */
  now: z.enum(['here', 'joined', 'environment']),
  /** The gallery that was joined last, whether or not it is the present one. */
  joined: z
    .object({
      url: z.string(),
      account: AccountName,
      files: CertificateFiles,
      /** The password of its Sentinels is kept here. */
      sentinelPassword: z.boolean(),
    })
    .nullable(),
  /** Why the gallery that this one starts in was not entered; null where it was, or the user chose to be here. */
  refused: z.object({ text: Text, message: z.string() }).nullable(),
  /** The files that the environment names. */
  fixedFiles: CertificateFiles,
  canRemember: z.boolean(),
})

export type CertificateKind = z.infer<typeof CertificateKind>
export type CertificatePaths = z.infer<typeof CertificatePaths>
export type CertificateFile = z.infer<typeof CertificateFile>
export type GalleryAddress = z.infer<typeof GalleryAddress>
export type FoundGallery = z.infer<typeof FoundGallery>
export type JoinInput = z.infer<typeof JoinInput>
export type Place = z.infer<typeof Place>
