import { hasCode } from '../../../shared/errors.ts'
import type { DownloadKind } from '../../../shared/domain/downloads.ts'
import type { DownloadPart } from '../../../shared/schemas/download.ts'
import type { PlannedPhoto } from './plan-photos.ts'
import { itemsMade, itemsOf, textItem, type SendParts, type ZipItem } from './zip-contents.ts'
import { MeasuredZip, unmeasuredZip } from './zip-file.ts'
import { zipDate } from './zip-records.ts'

/** Name and words of the text that tells how many photos are not in the file. */
export type TellLeftOut = (count: number) => { name: string; text: string }

interface Span {
  first: number
  last: number
}

interface LaidOut {
  zip: MeasuredZip
  items: ZipItem[]
  /** Of the first files, how many are photos. */
  photosOf: Uint32Array
}

const leftOutItem = (tell: TellLeftOut, count: number) => {
  const { name, text } = tell(count)
  return textItem(name, () => text, zipDate(new Date()))
}

/** Of the first `n` files, for each `n`, how many are photos. */
const countPhotos = (items: ZipItem[]): Uint32Array => {
  const counts = new Uint32Array(items.length + 1)
  for (const [n, { isPhoto }] of items.entries()) counts[n + 1] = (counts[n] ?? 0) + (isPhoto ? 1 : 0)
  return counts
}

/** One zip file of a download. */
export class ZipPart {
  /** How far the last request for it is. */
  state: DownloadPart
  /** All that it sends are files, so that its length is known. */
  readonly isMeasured: boolean
  readonly #photos: PlannedPhoto[]
  readonly #kind: DownloadKind
  /** Photos of which nothing is sent, that this file tells of. */
  readonly #leftOut: number
  #laidOut: LaidOut | null = null
  #stop = new AbortController()

  constructor(
    photos: PlannedPhoto[],
    { kind, leftOut, isMeasured }: { kind: DownloadKind; leftOut: number; isMeasured: boolean },
  ) {
    this.#photos = photos
    this.#kind = kind
    this.#leftOut = leftOut
    this.isMeasured = isMeasured
    this.state = { photos: photos.length, done: 0, sent: 0, leftOut: 0, state: 'waiting' }
  }

  /** Bytes of the whole, where they are known. The words of the first who asks are those of the file. */
  size(tell: TellLeftOut): number | null {
    return this.isMeasured ? this.#layOut(tell).zip.size : null
  }

  /** Ends what is on its way. */
  stop() {
    const isGoing = this.state.state === 'going'
    this.#stop.abort()
    this.#stop = new AbortController()
    if (isGoing) this.state.state = 'stopped'
  }

  /** The bytes, or some of them where their size is known; the state follows what has been taken last. */
  async *bytes(parts: SendParts, tell: TellLeftOut, span: Span | null = null): AsyncGenerator<Uint8Array> {
    const { signal } = this.#stop
    const state: DownloadPart = { ...this.state, state: 'going', sent: span?.first ?? 0, leftOut: 0, done: 0 }
    this.state = state
    const source = this.isMeasured
      ? this.#measuredBytes(parts, tell, span)
      : unmeasuredZip(this.#filesMade(parts, tell, state))
    try {
      for await (const bytes of source) {
        signal.throwIfAborted()
        yield bytes
        state.sent += bytes.length
        state.done = this.#photosBefore(state.sent) ?? state.done
      }
      if (state.sent === (this.size(tell) ?? state.sent)) state.state = 'whole'
    } catch (error) {
      if (hasCode(error, 'CONFLICT')) state.state = 'changed'
      throw error
    } finally {
      if (state.state === 'going') state.state = 'broken'
    }
  }

  #layOut(tell: TellLeftOut): LaidOut {
    if (this.#laidOut) return this.#laidOut
    const items = this.#photos.flatMap((photo) => itemsOf(photo, this.#kind))
    if (this.#leftOut > 0) items.push(leftOutItem(tell, this.#leftOut))
    const zip = new MeasuredZip(items.map(({ file }) => file))
    return (this.#laidOut = { items, zip, photosOf: countPhotos(items) })
  }

  #photosBefore(at: number) {
    return this.#laidOut?.photosOf[this.#laidOut.zip.wholeBefore(at)]
  }

  #measuredBytes(parts: SendParts, tell: TellLeftOut, span: Span | null) {
    const { items, zip } = this.#layOut(tell)
    return zip.bytes(span ?? { first: 0, last: zip.size - 1 }, (file, from) => {
      const item = items[file]
      if (!item) throw new RangeError(`there is no file ${file}`)
      return item.content(parts, from)
    })
  }

  async *#filesMade(parts: SendParts, tell: TellLeftOut, state: DownloadPart) {
    for (const photo of this.#photos) {
      const made = await itemsMade(parts, photo, this.#kind)
      for (const { file, content } of made) yield { ...file, content: content(parts, 0) }
      if (made.length === 0) state.leftOut++
      state.done++
    }
    const missing = this.#leftOut + state.leftOut
    if (missing === 0) return
    const { file, content } = leftOutItem(tell, missing)
    yield { ...file, content: content(parts, 0) }
  }
}
