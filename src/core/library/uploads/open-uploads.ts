import { maxUploadBytes } from '../../../shared/domain/uploads.ts'
import { GalleryError } from '../../../shared/errors.ts'

/** Uploads of one account, and of all, that may be under way or left unfinished. */
export const maxOpenOfAccount = 200
export const maxOpen = 5000

const megabytes = (bytes: number) => Math.round(bytes / 1e6)

/** What a sender claims of a file before it is sent. */
export interface UploadClaim {
  album: string
  name: string
  /** When it was changed last, in milliseconds since 1970; 0 where that is not known. */
  modified: number
  /** Bytes. */
  size: number
}

/** An upload that was let in. */
export interface OpenUpload extends UploadClaim {
  /** The account that sends it. */
  by: string
}

/** What an account may still send besides what has landed. `of`: in all. */
export interface UploadsLeft {
  bytes: number
  files: number
  of: { bytes: number; files: number }
}

/** The uploads that are on their way or were left half sent, by their ids. */
export class OpenUploads {
  readonly #open = new Map<string, OpenUpload>()

  set(id: string, open: OpenUpload) {
    this.#open.set(id, open)
  }

  delete(id: string) {
    this.#open.delete(id)
  }

  get ids(): string[] {
    return [...this.#open.keys()]
  }

  /** One that an account sends. @throws NOT_FOUND where it is not there, or another account's */
  of(account: string, id: string): OpenUpload {
    const open = this.#open.get(id)
    if (open?.by !== account) throw new GalleryError('NOT_FOUND', 'uploadGone')
    return open
  }

  /** @throws INVALID, FORBIDDEN or UNAVAILABLE where an account may not send another file of this size */
  check(account: string, size: number, left: UploadsLeft) {
    const own = [...this.#open.values()].filter(({ by }) => by === account)
    const bytes = own.reduce((sum, open) => sum + open.size, 0)
    if (size === 0) throw new GalleryError('INVALID', 'uploadEmpty')
    if (size > maxUploadBytes)
      throw new GalleryError('INVALID', 'uploadTooLarge', { megabytes: megabytes(maxUploadBytes) })
    if (own.length >= maxOpenOfAccount || this.#open.size >= maxOpen)
      throw new GalleryError('UNAVAILABLE', 'uploadTooManyOpen')
    if (size + bytes > left.bytes)
      throw new GalleryError('FORBIDDEN', 'uploadOverBytes', { megabytes: megabytes(left.of.bytes) })
    if (own.length >= left.files)
      throw new GalleryError('FORBIDDEN', 'uploadOverFiles', { files: left.of.files })
  }
}
