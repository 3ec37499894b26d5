import {
  hasQuality,
  maxExportSide,
  nameAs,
  type ExportFormat,
  type strips,
} from '../../shared/domain/export-formats.ts'
import { exampleFile, nameByPattern } from '../../shared/domain/naming-pattern.ts'
import type { ExportInput, ExportProgress, ExportResult } from '../../shared/schemas/export.ts'
import type { Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'
import { LongWork } from '../library/long-work.svelte.ts'
import { Notices } from '../ui/toasts/notices.svelte.ts'

const isWithin = (text: string, least: number, most: number) =>
  /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most

/** Asks how some photos go into a folder, and has them written there. */
export class PhotoExport extends LongWork<ExportProgress, ExportResult> {
  target = $state('')
  pattern = $state('{name}')
  kind = $state<'originals' | 'pictures'>('originals')
  format = $state<ExportFormat>('jpeg')
  size = $state('')
  quality = $state('85')
  colour = $state<'srgb' | 'kept'>('srgb')
  strip = $state<(typeof strips)[number]>('none')
  watermark = $state('')
  sharpen = $state(false)
  sidecars = $state(false)
  skip = $state(true)
  readonly #client: Client
  readonly #photos: ExportInput['photos']
  /** What went wrong is told in the dialog itself. */
  readonly #problems: Notices
  #begun = 0

  constructor(client: Client, photos: ExportInput['photos'], problems = new Notices()) {
    super(problems)
    this.#problems = problems
    this.#client = client
    this.#photos = photos
  }

  /** What a photo of today would be called; null where the pattern is none. */
  get example(): string | null {
    try {
      const file = exampleFile()
      const name = this.kind === 'pictures' ? nameAs(file.name, this.format) : file.name
      return nameByPattern(this.pattern, { ...file, name })
    } catch {
      return null
    }
  }

  get hasQuality() {
    return hasQuality(this.format)
  }

  get sizeFits() {
    return this.size.trim() === '' || isWithin(this.size, 16, maxExportSide)
  }

  get qualityFits() {
    return !this.hasQuality || isWithin(this.quality, 1, 100)
  }

  /** Why it ended before its end. */
  get problem(): string | null {
    return this.stopped ? t('exportStopped') : this.#problems.notice
  }

  get ready() {
    const fits = this.kind === 'originals' || (this.sizeFits && this.qualityFits)
    return this.target.trim() !== '' && this.example !== null && fits
  }

  /** Seconds until all is written; null until that can be told. */
  get secondsLeft(): number | null {
    const { progress } = this
    if (!progress || progress.done === 0) return null
    const seconds = (performance.now() - this.#begun) / 1000
    return ((progress.found - progress.done) / progress.done) * seconds
  }

  start(): Promise<void> {
    this.#problems.dismiss()
    this.#begun = performance.now()
    return this.work({ done: 0, found: 0, bytes: 0 }, (signal) =>
      this.#client.library.exportPhotos(this.#options(), { signal }),
    )
  }

  #options(): ExportInput {
    const { pattern, skip } = this
    const shared = { photos: this.#photos, target: this.target.trim(), pattern, skip }
    if (this.kind === 'originals') return { ...shared, sidecars: this.sidecars }
    const { format, colour, strip, sharpen } = this
    const convert = {
      ...{ format, colour, strip, sharpen, watermark: this.watermark.trim() },
      ...(this.hasQuality ? { quality: Number(this.quality) } : {}),
      ...(this.size.trim() === '' ? {} : { size: Number(this.size) }),
    }
    return { ...shared, convert }
  }
}
