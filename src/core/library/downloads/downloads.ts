import { maxDownloadPhotos, photosOfPart, type DownloadKind } from '../../../shared/domain/downloads.ts'
import { newShareSecret } from '../../../shared/domain/random-ids.ts'
import { GalleryError } from '../../../shared/errors.ts'
import type { Download, DownloadOptions } from '../../../shared/schemas/download.ts'
import type { Session } from '../../gallery/session.ts'
import type { Originals } from '../../photos/originals.ts'
import { planPhotos, type PlannedPhoto } from './plan-photos.ts'
import { ZipPart } from './zip-part.ts'

/** Downloads that are kept for one account, and photos of all that are kept: the oldest give way. */
const limits = { ofAccount: 8, photos: 10 * maxDownloadPhotos }

/** Where nobody has asked for it for so long, a download is forgotten, in milliseconds. */
const keptMs = 12 * 60 * 60 * 1000

export interface KeptDownload extends Download {
  name: string
  zips: ZipPart[]
  account: string
  asked: number
}

const inParts = (photos: PlannedPhoto[]) =>
  Array.from({ length: Math.ceil(photos.length / photosOfPart) }, (_, n) =>
    photos.slice(n * photosOfPart, (n + 1) * photosOfPart),
  )

/** The zip files of a download: one where all that it sends are files, otherwise several. */
const zipsOf = (photos: PlannedPhoto[], leftOut: number, kind: DownloadKind): ZipPart[] => {
  const isMeasured = photos.every(({ given }) => given === 'file')
  const parts = isMeasured ? [photos] : inParts(photos)
  return parts.map(
    (some, n) => new ZipPart(some, { kind, isMeasured, leftOut: n === parts.length - 1 ? leftOut : 0 }),
  )
}

/**
 * What members and visitors are about to take home: laid out once, so that every byte has its place, and kept while they fetch it. It is
 * told to nobody but the account that asked for it.
 */
export class Downloads {
  readonly #kept = new Map<string, KeptDownload>()

  /**
   * Lays out a download.
   *
   * @throws NOT_FOUND where of none of the photos anything is to be had; INVALID for too many
   */
  async prepare(
    parts: { session: Session; originals: Originals },
    options: DownloadOptions,
    signal: AbortSignal,
  ): Promise<Download> {
    const { photos, leftOut } = await planPhotos(parts, options, signal)
    if (photos.length === 0) throw new GalleryError('NOT_FOUND', 'downloadNothing')
    const zips = zipsOf(photos, leftOut, options.kind)
    const isMeasured = zips.every((zip) => zip.isMeasured)
    const download: Download = {
      id: newShareSecret(),
      photos: photos.length,
      leftOut,
      bytes: isMeasured ? photos.reduce((sum, { size }) => sum + size, 0) : null,
      parts: zips.length,
    }
    const { account } = parts.session
    this.#keep({ ...download, name: options.name, zips, account, asked: Date.now() })
    return download
  }

  /** A download of the caller's. @throws NOT_FOUND for all others */
  find({ account }: Session, id: string): KeptDownload {
    const kept = this.#kept.get(id)
    if (!kept || kept.account !== account || kept.asked < Date.now() - keptMs)
      throw new GalleryError('NOT_FOUND', 'downloadUnknown')
    kept.asked = Date.now()
    return kept
  }

  #keep(download: KeptDownload) {
    const oldest = [...this.#kept.values()].toSorted((a, b) => a.asked - b.asked)
    let ofAccount = oldest.filter(({ account }) => account === download.account).length + 1
    let photos = oldest.reduce((sum, kept) => sum + kept.photos, download.photos)
    for (const kept of oldest) {
      const isOwn = kept.account === download.account
      const isOld = kept.asked < Date.now() - keptMs
      if (!isOld && photos <= limits.photos && !(isOwn && ofAccount > limits.ofAccount)) continue
      this.#kept.delete(kept.id)
      photos -= kept.photos
      if (isOwn) ofAccount--
    }
    this.#kept.set(download.id, download)
  }
}
