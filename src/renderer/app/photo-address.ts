import { untrack } from 'svelte'
import { t } from '../i18n/index.ts'
import type { Client } from '../api/client.ts'
import type { ViewState } from '../grid/view-state.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import type { Navigation } from './navigation.svelte.ts'

interface Needs {
  client: Client
  navigation: Navigation
  notices: Notify
  viewState: ViewState
}

/** A grid that is scrolled is noted where it comes to rest, as browsers refuse hundreds of notes in a row. */
const placeDelayMs = 300

/** Keeps the open photo and the address the same: whichever of them changes, the other follows. */
export class PhotoAddress {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** To be run whenever what it reads changes. */
  keep() {
    const { navigation, viewState } = this.#needs
    if (!viewState.loaded) return
    const { wanted } = navigation
    if (wanted !== undefined) {
      untrack(() => void this.#obey(wanted))
      return
    }
    const { selection } = viewState.view
    const photo = viewState.viewing ? selection.photo : null
    if (photo !== undefined) untrack(() => navigation.tell(photo?.id ?? null, selection.cursor))
  }

  /** The grid is found again where it stood when the page was left. */
  start() {
    const { navigation, viewState } = this.#needs
    viewState.view.anchor = navigation.history.entry.anchor ?? null
  }

  /** Notes where the grid stands, once it has stood there for a moment. To be run whenever what it reads changes. */
  keepPlace() {
    const { navigation, viewState } = this.#needs
    const { anchor } = viewState.view
    if (!viewState.loaded) return undefined
    const timer = setTimeout(() => navigation.history.note({ anchor }), placeDelayMs)
    return () => clearTimeout(timer)
  }

  /** Opens the photo that the address asks for, or closes the open one. */
  async #obey(wanted: string | null) {
    const { navigation, notices, viewState } = this.#needs
    const { view } = viewState
    if (wanted === null) {
      viewState.closePhoto()
      navigation.tell(null)
      return
    }
    const index = await notices.attempt(async () => {
      if (view.pages.total === null) await view.refresh()
      return view.pages.find(wanted, navigation.history.entry.index)
    })
    // Meanwhile the user may have gone elsewhere.
    if (navigation.wanted !== wanted || viewState.view !== view) return
    if (index !== null && index < 0) {
      await this.#lookElsewhere(wanted)
      return
    }
    if (index !== null) viewState.openPhoto(index)
    navigation.tell(index === null ? null : wanted, index ?? 0)
  }

  /** A photo that was moved is shown where it is now. */
  async #lookElsewhere(photo: string) {
    const { client, navigation, notices } = this.#needs
    const [found] = (await notices.attempt(() => client.photos.locate({ photos: [photo] }))) ?? []
    if (navigation.wanted !== photo) return
    const isThere = found && !found.trashed && (found.album !== navigation.album || navigation.isFiltered)
    if (isThere) {
      navigation.go({ album: found.album, photo }, true)
      return
    }
    navigation.tell(null)
    notices.complain(t('photoNotHere'))
  }
}
