import type { CameraCount, MonthCount } from '../../shared/schemas/photo.ts'
import type { TownCount } from '../../shared/schemas/place-name.ts'
import type { Client as Chooser } from '../../shared/schemas/selection.ts'
import type { Client } from '../api/client.ts'
import { FoundComments } from './found-comments.svelte.ts'
import { suggest } from './suggest.ts'

type Sources = Parameters<typeof suggest>[1]

/** What suggestions are made of besides what the window has read already: the list does without it until it has come. */
export class SearchSources {
  readonly #client: Client
  readonly #comments: FoundComments
  #cameras = $state.raw<CameraCount[]>([])
  #towns = $state.raw<TownCount[]>([])
  #months = $state.raw<MonthCount[]>([])
  #clients = $state.raw<Chooser[]>([])

  constructor(client: Client) {
    this.#client = client
    this.#comments = new FoundComments(client)
  }

  /** Looks for what was said of photos in the words of a search. */
  ask(text: string) {
    this.#comments.ask(text.trim())
  }

  /** Reads anew what is counted in all photos. What fails is said where the photos themselves are read. */
  read(hasAccount: boolean) {
    const { photos, selections } = this.#client
    const all = { album: null }
    const take = <T>(answer: Promise<T>, keep: (found: T) => void) => void answer.then(keep, () => undefined)
    if (hasAccount) take(selections.clients(), (found) => (this.#clients = found))
    take(photos.cameras(all), (found) => (this.#cameras = found))
    take(photos.towns(all), (found) => (this.#towns = found))
    take(photos.months(all), (found) => (this.#months = found))
  }

  /** What the words of a search may mean, in groups. */
  suggest(text: string, known: Omit<Sources, 'cameras' | 'towns' | 'months' | 'clients' | 'said'>) {
    return suggest(text, {
      ...known,
      cameras: this.#cameras,
      towns: this.#towns,
      months: this.#months,
      clients: this.#clients,
      said: this.#comments.of(text.trim()),
    })
  }
}
