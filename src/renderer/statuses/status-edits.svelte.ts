import { randomLetters } from '../../shared/domain/random-ids.ts'
import { maxStatuses, maxStatusName, statusColours } from '../../shared/domain/statuses.ts'
import type { Status, StatusReplacement } from '../../shared/schemas/status.ts'
import type { Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'
import type { Notices } from '../ui/toasts/notices.svelte.ts'
import { statusName, type StatusesState } from './statuses-state.svelte.ts'

interface Needs {
  client: Client
  notices: Pick<Notices, 'attempt' | 'complain'>
  statusesState: StatusesState
}

/** How administrators change which statuses there are: each change holds at once, for all windows. */
export class StatusEdits {
  readonly #needs: Needs
  #counts = $state.raw<Readonly<Record<string, number>>>({})

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get all(): readonly Status[] {
    return this.#needs.statusesState.all
  }

  get isFull(): boolean {
    return this.all.length >= maxStatuses
  }

  /** Adds one at the end, in a colour that none has yet. */
  async add(name: string) {
    if (!this.#isFree(name)) return
    const used = this.all.map(({ colour }) => colour)
    const colour = statusColours.find((one) => !used.includes(one)) ?? 'grey'
    await this.#set([
      ...this.all,
      { id: randomLetters(8), name: name.trim().slice(0, maxStatusName), colour },
    ])
  }

  /** Gives one another name or colour. False where the name cannot be. */
  async change(id: string, more: Partial<Omit<Status, 'id'>>): Promise<boolean> {
    if (more.name !== undefined && !this.#isFree(more.name, id)) return false
    await this.#set(this.all.map((status) => (status.id === id ? { ...status, ...more } : status)))
    return true
  }

  /** Puts one a place nearer to the beginning (-1) or the end (1). */
  async move(id: string, by: -1 | 1) {
    const at = this.all.findIndex((status) => status.id === id)
    const [moved, other] = [this.all[at], this.all[at + by]]
    if (!moved || !other) return
    const order = [...this.all]
    order[at] = other
    order[at + by] = moved
    await this.#set(order)
  }

  /** Takes one away; its photos get another one, or none for null. */
  async remove(id: string, to: string | null) {
    await this.#set(
      this.all.filter((status) => status.id !== id),
      [{ from: id, to }],
    )
  }

  /** Whether members who may comment in an album may set the statuses of its photos. */
  async letCommenters(may: boolean) {
    const { client, notices, statusesState } = this.#needs
    await notices.attempt(async () => {
      await client.gallery.setStatusSetters({ by: may ? 'comment' : 'modify' })
      await statusesState.read()
    })
  }

  /** How many photos have one, as they were counted last; undefined before that. */
  photosWith(id: string): number | undefined {
    return this.#counts[id]
  }

  /** Counts the photos of each. */
  async count() {
    const { client, notices } = this.#needs
    const ids = this.all.map(({ id }) => id)
    await notices.attempt(async () => {
      const totals = await Promise.all(
        ids.map(async (status): Promise<[string, number]> => {
          const view = { album: null, sort: 'taken' as const, descending: true, filter: { status } }
          return [status, (await client.photos.page({ view, offset: 0, limit: 1 })).total]
        }),
      )
      this.#counts = Object.fromEntries(totals)
    })
  }

  #isFree(name: string, id?: string): boolean {
    const wanted = name.trim().toLowerCase()
    const isTaken = this.all.some((status) => status.id !== id && statusName(status).toLowerCase() === wanted)
    if (isTaken) this.#needs.notices.complain(t('statusNameTaken', { status: name.trim() }))
    return wanted !== '' && !isTaken
  }

  async #set(statuses: Status[], replaced: StatusReplacement[] = []) {
    const { client, notices, statusesState } = this.#needs
    await notices.attempt(async () => {
      await client.gallery.setStatuses({ statuses, replaced })
      await statusesState.read()
    })
  }
}
