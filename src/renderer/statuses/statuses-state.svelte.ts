import { createContext } from 'svelte'
import type { UsualStatusId } from '../../shared/domain/statuses.ts'
import type { Status, StatusSetters } from '../../shared/schemas/status.ts'
import type { Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'

const usual: Record<string, Parameters<typeof t>[0] | undefined> = {
  new: 'statusNew',
  toEdit: 'statusToEdit',
  edited: 'statusEdited',
  delivered: 'statusDelivered',
} satisfies Record<UsualStatusId, Parameters<typeof t>[0]>

/** What a status is called: by its own name, or in the language of the window. */
export const statusName = ({ id, name }: Status): string => name || (usual[id] ? t(usual[id]) : id)

/** The statuses that photos can have, in their order. */
export class StatusesState {
  readonly #client: Client
  #all = $state.raw<Status[]>([])
  #setters = $state.raw<StatusSetters>('modify')

  constructor(client: Client) {
    this.#client = client
  }

  get all() {
    return this.#all
  }

  /** From which right on an album its members set statuses. */
  get setters() {
    return this.#setters
  }

  /** The status with an id; undefined for one that the gallery does not have, which counts as none. */
  byId(id: string | null | undefined): Status | undefined {
    return id ? this.#all.find((status) => status.id === id) : undefined
  }

  /** What the status of an id is called; undefined as in `byId`. */
  nameOf = (id: string): string | undefined => {
    const status = this.byId(id)
    return status && statusName(status)
  }

  async read() {
    const { gallery } = this.#client
    const [all, setters] = await Promise.all([gallery.statuses(), gallery.statusSetters()])
    this.#setters = setters
    // The same ones stay what they are: a board does not begin anew.
    if (JSON.stringify(all) !== JSON.stringify(this.#all)) this.#all = all
  }
}

export const [getStatusesState, setStatusesState] = createContext<StatusesState>()
