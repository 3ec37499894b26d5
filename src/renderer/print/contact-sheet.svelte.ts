import { previewUrl } from '../../shared/domain/preview-address.ts'
import { previewFor } from '../../shared/domain/preview-sizes.ts'
import { parseRef } from '../../shared/domain/refs.ts'
import type { ExportInput } from '../../shared/schemas/export.ts'
import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import { messageOf, thumbUrl, type Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'

/** More pictures than this are no contact sheet, and more than a page should hold at once. */
export const maxSheetPhotos = 500

/** Photos that are asked for at the same time, where they are named one by one. */
const askedAtOnce = 20

/** Pixels that a row of pictures is printed with: 190 mm, what is left of A4, at 200 dots an inch. */
const rowPixels = 1500

/** Longest side of a thumbnail, in pixels. */
const thumbPixels = 320

export type SheetCaption = 'none' | 'name' | 'date'

/** What is asked before photos are printed on a sheet, and how far their pictures are. */
export class ContactSheet {
  heading = $state('')
  columns = $state(4)
  caption = $state<SheetCaption>('name')
  /** What is on the sheet; null until it is made. */
  photos = $state.raw<PhotoDetails[] | null>(null)
  /** Pictures that are there, or will not come. */
  settled = $state(0)
  problem = $state<string | null>(null)
  readonly #client: Client
  readonly #wanted: ExportInput['photos']
  #stop: AbortController | null = null

  constructor(client: Client, wanted: ExportInput['photos'], heading: string) {
    this.#client = client
    this.#wanted = wanted
    this.heading = heading
  }

  /** Asks for the photos; their pictures are drawn, and counted, by the sheet. */
  async begin() {
    this.problem = null
    this.settled = 0
    const stop = new AbortController()
    this.#stop = stop
    try {
      const photos = await this.#read(stop.signal)
      if (!stop.signal.aborted) this.photos = photos
    } catch (error) {
      if (!stop.signal.aborted) this.problem = messageOf(error) ?? t('somethingWrong')
    }
  }

  end = () => {
    this.#stop?.abort()
    this.photos = null
  }

  /** Addresses of a photo's picture, the sharpest first; what is not to be had is followed by the next. */
  sources = (photo: PhotoDetails): string[] => {
    const pixels = rowPixels / this.columns
    const preview = pixels > thumbPixels && !photo.video ? [previewUrl(photo, previewFor(pixels))] : []
    return [...preview, ...(photo.thumb === null ? [] : [thumbUrl(photo.thumb, photo)])]
  }

  async #read(signal: AbortSignal): Promise<PhotoDetails[]> {
    const wanted = this.#wanted
    if (!Array.isArray(wanted))
      return this.#client.photos.details({ view: wanted, offset: 0, limit: maxSheetPhotos }, { signal })
    const photos: PhotoDetails[] = []
    for (let at = 0; at < wanted.length; at += askedAtOnce) {
      const some = wanted.slice(at, at + askedAtOnce).map(parseRef)
      const asked = some.map(({ album, id }) => this.#client.photos.show({ album, photo: id }, { signal }))
      photos.push(...(await Promise.all(asked)))
    }
    return photos
  }
}
