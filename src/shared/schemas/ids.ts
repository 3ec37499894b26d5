import { z } from 'zod'

/** Lower case, so that two names never differ by case alone; no character that means something in a key pattern. */
export const AccountName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, 'is not an account name')

/** `<owner>~<random>`: an account owns every id that begins with its name, so one key pattern covers them. */
export const AlbumId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{6,16}$/, 'is not an album id')

/**
 * `<owner>~<random>-<random>`: unlike an album's, so that a right on the one is never one on the other. The first random part is
 * there where an account made the collection as its own.
 */
export const CollectionId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}~(?:[0-9A-Za-z]{4})?-[0-9A-Za-z]{8}$/, 'is not a collection id')

/** What accounts have rights on. */
export const AlbumOrCollectionId = z.union([AlbumId, CollectionId])

/** Ten letters or digits, which say nothing of the photo. */
export const PhotoId = z.string().regex(/^[0-9A-Za-z]{10}$/, 'is not a photo id')

/** Lower-case hexadecimal SHA-256 of a thumbnail's own bytes: its name. */
export const ThumbName = z.string().regex(/^[0-9a-f]{64}$/, 'is not a thumbnail name')

/** SHA-256 of a file's content in base64url, or what stands for it after a first look. */
export const ContentDigest = z.string().regex(/^[\w-]{43}$/, 'is not a digest')

/** A photo and where it is: `album/photo`. */
export const PhotoRef = z.string().regex(/^[a-z0-9._~A-Z-]{1,60}\/[0-9A-Za-z]{10}$/, 'is not a photo')

/** What a person's scripts log in as: `token~` and eight letters and digits. */
export const TokenName = z.string().regex(/^token~[0-9A-Za-z]{8}$/, 'is not a token')

/** An account of a share link: `share~` and eight letters and digits. */
export const ShareName = z.string().regex(/^share~[0-9A-Za-z]{8}$/, 'is not a share')
