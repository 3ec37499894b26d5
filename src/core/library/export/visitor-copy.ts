import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseAdjustment } from '../../../shared/domain/adjustments.ts'
import { previewSizes } from '../../../shared/domain/preview-sizes.ts'
import { GalleryError } from '../../../shared/errors.ts'
import type { VisitorSwitches } from '../../../shared/domain/visitor-switches.ts'
import type { Conversion } from '../../../shared/schemas/export.ts'
import type { PhotoDetails } from '../../../shared/schemas/photo.ts'
import { markFor } from '../../access/visitor-marks.ts'
import type { Session } from '../../gallery/session.ts'
import type { Original } from '../../photos/originals.ts'
import { showPhoto } from '../../photos/photos.ts'
import type { PreviewCache } from '../../previews/preview-cache.ts'
import { BoundedQueue } from '../../thumbnails/queue.ts'
import type { Decoder } from '../decode/pool.ts'
import { isVideo } from '../decode/video/video-type.ts'
import { enteredExif, exifOf, xmpOf } from './export-metadata.ts'

/** The longest side of what is given in the size of a screen, in pixels. */
const screenSide = Math.max(...previewSizes)

/** One decoder stays free for those who look. */
const limits = { running: 1, waiting: 64, ofCaller: 32 }

/** A RAW's preview stands for the RAW where it is that long, as a part of what is asked for. */
const enoughOfRaw = 0.9

const conversion: Conversion = {
  format: 'jpeg',
  quality: 90,
  colour: 'srgb',
  sharpen: false,
  // Nothing of the file's own metadata, where a place may stand in any corner.
  strip: 'place',
  watermark: '',
}

/** The size in which a copy is given: that of a screen, or as many pixels as the original has. */
export type CopySize = 'screen' | 'whole'

/** In which size photos are given that are not given as they are. */
export const sizeGiven = ({ download }: VisitorSwitches): CopySize =>
  download === 'original' ? 'whole' : 'screen'

/**
 * Makes of originals what visitors are given where they are not given the file itself: JPEG, as the photo is shown, in the size of a screen
 * or in its own. It says of the photo what the visitor is shown of it, and nothing else.
 */
export class VisitorCopies {
  readonly #decoder: Pick<Decoder, 'exportFile'>
  readonly #cache: Pick<PreviewCache, 'withFolder'>
  readonly #queue = new BoundedQueue(limits)

  constructor(decoder: Pick<Decoder, 'exportFile'>, cache: Pick<PreviewCache, 'withFolder'>) {
    this.#decoder = decoder
    this.#cache = cache
  }

  /**
   * The bytes of a copy.
   *
   * @throws UNSUPPORTED for films, of which none can be made, and what cannot be decoded; UNAVAILABLE where too many wait already
   */
  async make(
    session: Session,
    { path, identity, type }: Pick<Original, 'path' | 'identity' | 'type'>,
    { album, photo, size }: { album: string; photo: string; size: CopySize },
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (isVideo(type)) throw new GalleryError('UNSUPPORTED', 'filmNotGiven')
    const [shown, mark] = await Promise.all([showPhoto(session, album, photo), markFor(session, album)])
    return this.#queue.run(session.account, () =>
      this.#cache.withFolder(async (folder) => {
        const part = join(folder, 'copy.jpg')
        const made = await this.#decoder.exportFile(
          path,
          identity,
          this.#order(shown, basename(path), { part, size, mark }),
        )
        if (made.kind === 'failed') throw new GalleryError('UNSUPPORTED', 'notAtFullSize')
        if (made.kind === 'unwritten')
          throw new GalleryError('UNAVAILABLE', 'fileFailed', { code: made.code })
        return new Uint8Array(await readFile(part))
      }),
    )
  }

  #order(
    photo: PhotoDetails,
    name: string,
    { part, size, mark }: { part: string; size: CopySize; mark: string | null },
  ) {
    const whole = photo.adjusted ?? photo
    const longest = Math.max(whole.width, whole.height, 1)
    const wanted = size === 'screen' ? screenSide : longest
    // Of a picture that is cropped as much more is needed.
    const needed = (wanted * longest) / Math.max(photo.width, photo.height, 1)
    return {
      convert: size === 'screen' ? { ...conversion, size: screenSide } : conversion,
      part,
      mark,
      enough: enoughOfRaw * Math.min(needed, longest),
      adjustment: parseAdjustment(photo.adjusted?.by),
      xmp: xmpOf(photo, name, { place: true }),
      exif: exifOf(photo, { place: true }),
      entered: enteredExif(photo),
    }
  }
}
