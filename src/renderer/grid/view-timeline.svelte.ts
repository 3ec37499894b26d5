import type { PhotoQuery, Timeline, TimeStep } from '../../shared/schemas/photo.ts'
import type { Section } from './layout/joined-sections.ts'
import type { Client } from '../api/client.ts'

/** A month of a view, or several that stand together, and the index of its first photo. */
export interface ViewMonth {
  /** `2019-06`, `2019` where no more is known; empty for photos without a date. */
  month: string
  until?: string
  photos: number
  first: number
}

/** The months of sections that are as fine or finer. */
export const monthsOf = (sections: readonly Section[]): ViewMonth[] => {
  const months: ViewMonth[] = []
  let first = 0
  for (const { date, until, photos } of sections) {
    const month = date?.slice(0, 7) ?? ''
    const last = months.at(-1)
    if (last?.month === month && last.until === until) last.photos += photos
    else months.push({ month, photos, first, ...(until === undefined ? {} : { until }) })
    first += photos
  }
  return months
}

/** Whether a view is ordered by a date. */
export const isDated = ({ sort, trash }: PhotoQuery): boolean =>
  !trash && (sort === 'taken' || sort === 'added')

/** When the photos of a view were taken, or added: how many in each month or day, in its order. */
export class ViewTimeline {
  readonly #client: Pick<Client, 'photos'>
  readonly #query: PhotoQuery
  readonly isDated: boolean
  #timeline = $state.raw<Timeline | null>(null)
  #failed = $state(false)
  /** What is to be asked for once the question that is on its way is answered. */
  #next: TimeStep | null = null
  #asking = false

  constructor(client: Pick<Client, 'photos'>, query: PhotoQuery) {
    this.#client = client
    this.#query = query
    this.isDated = isDated(query)
  }

  /** Null while it is not known; empty where the gallery cannot tell. */
  get sections() {
    return this.#timeline?.sections ?? (this.#failed ? [] : null)
  }

  /** How many photos have no date. */
  get undated() {
    return this.#timeline?.undated ?? 0
  }

  readonly months = $derived.by(() => monthsOf(this.#timeline?.sections ?? []))

  /** Asks anew whenever the photos of the view may be others, one question after the other. */
  follow(by: TimeStep, { total, version }: { total: number | null; version: number }) {
    void version
    if (!this.isDated || total === null) return
    this.#next = by
    if (!this.#asking) void this.#ask()
  }

  async #ask() {
    this.#asking = true
    for (let by = this.#next; by; by = this.#next) {
      this.#next = null
      try {
        const found = await this.#client.photos.timeline({ view: this.#query, by })
        this.#timeline = found
        this.#failed = false
      } catch {
        this.#failed = true
      }
    }
    this.#asking = false
  }
}
