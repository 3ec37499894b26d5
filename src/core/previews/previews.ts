import type { PreviewSize } from '../../shared/domain/preview-sizes.ts'
import { GalleryError } from '../../shared/errors.ts'
import { markFor } from '../access/visitor-marks.ts'
import { markName } from '../gallery/watermark.ts'
import { isStranger, type Session } from '../gallery/session.ts'
import { unreadable, type Decoder } from '../library/decode/pool.ts'
import { isVideo } from '../library/decode/video/video-type.ts'
import type { Entry } from '../library/index/file-index.ts'
import { isContent } from '../library/index/first-digest.ts'
import type { KnownOriginal, Originals } from '../photos/originals.ts'
import { readHash } from '../redis/claims.ts'
import type { AskedPhoto } from '../thumbnails/view-thumbnail.ts'
import { Failures } from './failures.ts'
import type { PreviewCache } from './preview-cache.ts'
import { PreviewQueue, type Urgency } from './preview-queue.ts'

/** Grows where previews are made in another way: those of before are not asked for any more, and go in time. */
const previewVersion = 1

/** One decoder stays free of what may be next; some screens of a grid may wait. */
const limits = { running: 2, ahead: 1, waiting: 1000, ofCaller: 300 }

export interface Preview {
  bytes: Uint8Array
  /** They show the content that the index has, and will for ever. */
  lasting: boolean
}

/** An original that a preview is made of for a caller, and the words that it carries for the caller; null for none. */
interface FoundOriginal extends KnownOriginal {
  mark: string | null
}

/** What one asks for: of which photo, how large, what for, and until when. */
export interface PreviewWish extends AskedPhoto {
  size: PreviewSize
  urgency: Urgency
  /** Aborted where nobody waits for it any more. */
  gone: AbortSignal
}

const isTrashed = async ({ redis, keys }: Session, album: string, photo: string) =>
  Boolean((await readHash(redis, keys.photo(album, photo), { trashed: 32 }))['trashed'])

/** The name of a preview, by the content that it shows and the words that it carries. */
export const previewName = (digest: string, size: PreviewSize, mark: string | null): string =>
  `${digest}-${size}-${previewVersion}${mark === null ? '' : `-${markName(mark)}`}`

/**
 * The previews of photos whose originals this host has: made as they are asked for, once for however many ask, and kept on its
 * disk for all who may see a photo with that content: with a watermark apart, for those who are given no others. The right is asked of Redis each time.
 */
export class Previews {
  readonly #decoder: Pick<Decoder, 'preview'>
  readonly #cache: PreviewCache
  readonly #queue = new PreviewQueue<Preview>(limits)
  readonly #failures = new Failures()

  constructor(decoder: Pick<Decoder, 'preview'>, cache: PreviewCache) {
    this.#decoder = decoder
    this.#cache = cache
  }

  /**
   * The original that a preview is made of, and what stands on it. Refuses as `Originals.open` does; to those who are not logged in also what is in the
   * trash.
   */
  async find(originals: Originals, caller: Session, { album, photo }: AskedPhoto): Promise<FoundOriginal> {
    const [known, isHidden, mark] = await Promise.all([
      originals.known(caller, album, photo),
      isStranger(caller) && isTrashed(caller, album, photo),
      markFor(caller, album),
    ])
    if (isHidden) throw new GalleryError('NOT_FOUND', 'noOriginal')
    return { ...known, mark }
  }

  /**
   * The preview of an original that was found for this caller: kept, or made. UNSUPPORTED where none can be made of it;
   * UNAVAILABLE where too many wait already.
   */
  async view(
    originals: Originals,
    caller: Session,
    { indexed, entry, mark }: FoundOriginal,
    { album, photo, size, urgency, gone }: PreviewWish,
  ): Promise<Preview> {
    const name = previewName(entry.digest, size, mark)
    const kept = await this.#cache.get(name)
    if (kept) return { bytes: kept, lasting: true }
    // The same content elsewhere is another file, which may change while it is waited for: only its own readers share the work.
    const key = `${indexed}\n${name}`
    const work = async () => {
      // It may have been made a moment before, while this caller was on the way here.
      const bytes = await this.#cache.get(name)
      return bytes
        ? { bytes, lasting: true }
        : this.#make(originals, caller, { album, photo, size, mark }, entry)
    }
    return this.#failures.guard(key, () =>
      this.#queue.ask(key, { caller: caller.account, urgency, gone, work }),
    )
  }

  async #make(
    originals: Originals,
    caller: Session,
    { album, photo, size, mark }: AskedPhoto & { size: PreviewSize; mark: string | null },
    { digest }: Pick<Entry, 'digest'>,
  ): Promise<Preview> {
    const { file, path, identity, type } = await originals.open(caller, album, photo)
    await file.close()
    if (isVideo(type)) throw unreadable()
    const made = await this.#decoder.preview(path, identity, size, mark)
    const lasting = isContent(digest, made)
    if (lasting) await this.#cache.keep(previewName(digest, size, mark), made.bytes)
    return { bytes: made.bytes, lasting }
  }
}
