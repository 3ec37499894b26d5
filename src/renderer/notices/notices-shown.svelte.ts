import type { NoticeList } from '../../shared/schemas/notice.ts'
import type { Client } from '../api/client.ts'
import type { Notices, Said } from '../ui/toasts/notices.svelte.ts'

type NoticeOfGallery = NoticeList['notices'][number]

/** What the window has said, or what happened in the gallery. */
export type Line = { key: string; at: string } & ({ said: Said } | { notice: NoticeOfGallery })

const isoOf = (ms: number) => new Date(ms).toISOString()

/** What the gallery tells, beside what this window has said. */
export class NoticesShown {
  readonly #client: Pick<Client, 'notices'>
  readonly #notices: Notices
  #told = $state.raw<NoticeOfGallery[] | null>(null)
  /** The last one first. */
  readonly lines = $derived.by((): Line[] => {
    const said = this.#notices.said.map((one, i) => ({
      ...{ key: `${one.at} ${i}`, at: isoOf(one.at), said: one },
    }))
    const told = (this.#told ?? []).map((notice, i) => ({
      key: `${notice.at} ${notice.kind} ${i}`,
      at: notice.at,
      notice,
    }))
    // Those of one moment stay as they stand: the last one first.
    return [...said, ...told].toSorted((a, b) => Number(a.at < b.at) - Number(a.at > b.at))
  })

  constructor(client: Pick<Client, 'notices'>, notices: Notices) {
    this.#client = client
    this.#notices = notices
  }

  /** Not all that there is to be told is there yet. */
  get waits() {
    return this.#told === null
  }

  /** Whoever looks at them has read them, in all windows. Guests, and who is away from the gallery, see what the window has said. */
  async read(): Promise<void> {
    this.#notices.markRead()
    try {
      const { notices, until } = await this.#client.notices.list()
      this.#told = notices
      await this.#client.notices.read({ until })
    } catch {
      this.#told ??= []
    }
  }
}
