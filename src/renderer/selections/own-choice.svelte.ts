import type { OwnList } from '../../shared/schemas/selection.ts'
import type { Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'

interface Needs {
  client: Client
  dialogs: Dialogs
  notices: Notify
}

/** What the visitors of the link have chosen, as the gallery said last, and what they do to it. */
export class OwnChoice {
  readonly #needs: Needs
  #list: OwnList

  constructor(needs: Needs, list: OwnList) {
    this.#needs = needs
    this.#list = $state.raw(list)
  }

  get list() {
    return this.#list
  }

  /** Whether anything can be changed. */
  get isOpen() {
    return !this.#list.closed && this.#list.done === null
  }

  get isFull() {
    return this.#list.picks.length >= this.#list.most
  }

  has(photo: string) {
    return this.#list.picks.some((pick) => pick.photo === photo)
  }

  wordsOf(photo: string) {
    return this.#list.picks.find((pick) => pick.photo === photo)?.words ?? ''
  }

  /** Chooses a photo, or takes it out. Who chooses is asked for once the first one is chosen. */
  async toggle(photo: string) {
    const { client, dialogs } = this.#needs
    const isNew = this.#list.name === '' && this.#list.picks.length === 0
    const done = await this.#attempt(() =>
      this.has(photo) ? client.selections.unpick({ photo }) : client.selections.pick({ photo }),
    )
    if (done && isNew) dialogs.ask({ kind: 'own-selection' })
  }

  /** Asks for words to a photo that is chosen. */
  describe(photo: string) {
    const { client, dialogs } = this.#needs
    dialogs.ask({
      kind: 'text',
      title: t('pickWords'),
      label: t('pickWordsLabel'),
      value: this.wordsOf(photo),
      multiline: true,
      action: t('save'),
      give: (words) => this.#attempt(() => client.selections.pick({ photo, words })),
    })
  }

  say(words: { name?: string; note?: string; done?: boolean }) {
    return this.#attempt(() => this.#needs.client.selections.say(words))
  }

  /** Reads it again: others may have come by the same link, and the photographer may have closed it. */
  async read() {
    const list = await this.#needs.client.selections.own().catch(() => null)
    if (list) this.#list = list
  }

  async #attempt(work: () => Promise<OwnList>): Promise<boolean> {
    const list = await this.#needs.notices.attempt(work)
    if (list) this.#list = list
    else await this.read()
    return list !== null
  }
}
