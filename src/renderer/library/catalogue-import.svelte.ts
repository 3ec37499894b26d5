import type { CatalogueProgress, CatalogueResult } from '../../shared/schemas/catalogue.ts'
import type { Client } from '../api/client.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import { LongWork } from './long-work.svelte.ts'

/** Asks where another program keeps what it knows of photos, and has the gallery take that over. */
export class CatalogueImport extends LongWork<CatalogueProgress, CatalogueResult> {
  source = $state('')
  /** Where the photos are by its word, and where they are now; both, or neither. */
  from = $state('')
  to = $state('')
  readonly #client: Client

  constructor(client: Client, notices: Notify) {
    super(notices)
    this.#client = client
  }

  get ready() {
    return this.source.trim() !== '' && (this.from.trim() === '') === (this.to.trim() === '')
  }

  start(): Promise<void> {
    const [source, from, to] = [this.source.trim(), this.from.trim(), this.to.trim()]
    const options = { source, ...(from === '' ? {} : { from, to }) }
    return this.work({ done: 0, found: 0 }, (signal) =>
      this.#client.library.importCatalogue(options, { signal }),
    )
  }
}
