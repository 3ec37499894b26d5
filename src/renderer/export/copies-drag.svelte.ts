import { copySizes, maxCopies, type CopySize } from '../../shared/domain/copy-sizes.ts'
import type { CopiesMade } from '../../shared/schemas/dragged-copies.ts'
import type { ExportProgress } from '../../shared/schemas/export.ts'
import type { Client } from '../api/client.ts'
import { counted, number, said, t } from '../i18n/index.ts'
import { LongWork } from '../library/long-work.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'

const sizeKey = 'cimaise:copy-size'
const usualSize = 2048

const keptSize = (): CopySize => {
  try {
    const kept = Number(localStorage.getItem(sizeKey))
    return copySizes.find((size) => size === kept) ?? usualSize
  } catch {
    return usualSize
  }
}

/** Has copies of photos made that are dragged to other programs, in the size that was chosen last. */
export class CopiesDrag extends LongWork<ExportProgress, CopiesMade> {
  readonly photos: string[]
  #size = $state(keptSize())
  readonly #client: Client
  readonly #notices: Notify

  constructor({ client, notices }: { client: Client; notices: Notify }, photos: string[]) {
    super(notices)
    this.#client = client
    this.#notices = notices
    this.photos = photos
  }

  /** The longest side in pixels. */
  get size() {
    return this.#size
  }

  set size(size) {
    this.#size = size
    this.result = null
    try {
      localStorage.setItem(sizeKey, String(size))
    } catch {
      // a window that keeps nothing asks again
    }
  }

  /** Makes the copies. What kept some from being made is told. */
  async start(): Promise<void> {
    const { photos, size } = this
    if (photos.length > maxCopies) {
      this.#notices.complain(t('copiesTooMany', { n: number(maxCopies) }))
      return
    }
    await this.work({ done: 0, found: photos.length, bytes: 0 }, (signal) =>
      this.#client.desktop.makeCopies({ photos, size }, { signal }),
    )
    this.#tellMissing()
  }

  /** Has the system drag them, while the pointer is held. */
  async drag(): Promise<void> {
    const copies = this.result?.copies
    if (copies) await this.#notices.attempt(() => this.#client.desktop.dragCopies({ copies }))
  }

  #tellMissing() {
    if (!this.result) return
    const { elsewhere, failed } = this.result
    const [first] = failed
    const told = [
      elsewhere > 0 && counted('exportElsewhere', elsewhere),
      first && `${counted('exportFailed', failed.length)} ${said(first.text, first.reason)}`,
    ]
    const text = told.filter(Boolean).join(' ')
    if (text) this.#notices.complain(text)
  }
}
