import { exampleFile, nameByPattern, usualPattern } from '../../shared/domain/naming-pattern.ts'
import type { CardProgress, CardResult } from '../../shared/schemas/card.ts'
import type { Client } from '../api/client.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import { LongWork } from './long-work.svelte.ts'

/** Asks for folders of a card and of its copies, and copies. */
export class CardImport extends LongWork<CardProgress, CardResult> {
  source = $state('')
  target = $state('')
  pattern = $state(usualPattern)
  backup = $state('')
  readonly #client: Client
  #begun = 0

  constructor(client: Client, notices: Notify) {
    super(notices)
    this.#client = client
  }

  /** Where a photo of today would go; null where the pattern is none. */
  get example(): string | null {
    try {
      return nameByPattern(this.pattern, exampleFile())
    } catch {
      return null
    }
  }

  get ready() {
    return this.source.trim() !== '' && this.target.trim() !== '' && this.example !== null
  }

  /** Seconds until all is copied; null until that can be told. */
  get secondsLeft(): number | null {
    const { progress } = this
    if (!progress || progress.bytes === 0) return null
    const seconds = (performance.now() - this.#begun) / 1000
    return ((progress.totalBytes - progress.bytes) / progress.bytes) * seconds
  }

  start(): Promise<void> {
    this.#begun = performance.now()
    const [source, target, backup] = [this.source.trim(), this.target.trim(), this.backup.trim()]
    const options = { source, target, pattern: this.pattern, ...(backup === '' ? {} : { backup }) }
    return this.work({ done: 0, found: 0, bytes: 0, totalBytes: 0 }, (signal) =>
      this.#client.library.importCard(options, { signal }),
    )
  }
}
