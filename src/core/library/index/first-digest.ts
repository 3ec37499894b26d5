import { createHash, hash } from 'node:crypto'

/** So much of a file is read for a first look, in bytes: what cameras write before the picture fits into it. */
export const headBytes = 256 * 1024

/** No digest of a content ends with it, as the last of their characters stands for four bits. */
const mark = '_'

/**
 * What stands for the digest of a file of which only the beginning was read, in the form of a digest: of its beginning and its
 * size. It is the same for no whole content, and tells the file until its content was read.
 *
 * @param head the first `headBytes` of the file, or all of a shorter one
 */
export const firstDigest = (head: Uint8Array, size: number): string =>
  withSize(hash('sha256', head, 'base64url'), size)

const withSize = (digest: string, size: number) =>
  hash('sha256', `${digest} ${size}`, 'base64url').slice(0, -1) + mark

/** The digest of a whole content, and what stood for it in a first look, in one pass. */
export const bothDigests = (bytes: Uint8Array): Required<Content> => {
  const digest = createHash('sha256').update(bytes.subarray(0, headBytes))
  const first = withSize(digest.copy().digest('base64url'), bytes.length)
  return { digest: digest.update(bytes.subarray(headBytes)).digest('base64url'), first }
}

/** Whether a photo was added by a first look, and its file has not been read whole yet. */
export const isFirst = (digest: string): boolean => digest.endsWith(mark)

/** What a file holds: its digest, and what stood for it in a first look. */
export interface Content {
  digest: string
  first?: string
}

/** Whether a file holds what was taken in under a digest, which may be that of a first look. */
export const isContent = (known: string, now: Content): boolean => known === now.digest || known === now.first
