import { createContext } from 'svelte'
import type { EditField } from '../../shared/schemas/change.ts'
import { parseRef, refOf } from '../../shared/domain/refs.ts'
import type { Album } from '../../shared/schemas/album.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { AlbumsState } from '../albums/albums-state.svelte.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import type { History } from '../commands/history.svelte.ts'
import type { ViewState } from '../grid/view-state.svelte.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { StatusesState } from '../statuses/statuses-state.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import type { Clipboard } from './clipboard.svelte.ts'
import { changeable, statusable } from './permissions.ts'
import { editName, edits, markName, perAlbum, type MarkField } from './photo-changes.ts'
import { ShownMark } from './shown-mark.svelte.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { listed } from '../i18n/format.ts'
import { counted, t } from '../i18n/index.ts'

interface Needs {
  albumsState: AlbumsState
  statusesState: StatusesState
  viewState: ViewState
  navigation: Navigation
  history: History
  dialogs: Dialogs
  clipboard: Clipboard
  notices: Notify
}

/** What users do to the photos that they have selected, or that they look at. */
export class PhotoActions {
  readonly #needs: Needs
  /** What was marked last where photos are shown large. */
  readonly shownMark = new ShownMark()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** The photos that an action is about: the open one, else the selection, else the one at the cursor. */
  get refs(): string[] {
    const { viewing, comparing, view } = this.#needs.viewState
    const { photo, size } = view.selection
    if (!viewing && !comparing && size > 0) return view.selection.refs()
    return photo ? [refOf(photo)] : []
  }

  /** Whether there is anything that the user may change. */
  get canChange(): boolean {
    return (
      !this.#needs.navigation.trash &&
      changeable(this.#needs.albumsState.albums, this.refs.slice(0, 500)).length > 0
    )
  }

  /** Whether there is anything whose status the user may set: the gallery may let those do so who may only comment. */
  get canSetStatus(): boolean {
    const { albumsState, navigation, statusesState } = this.#needs
    const some = this.refs.slice(0, 500)
    return !navigation.trash && statusable(albumsState.albums, some, statusesState.setters).length > 0
  }

  /** Sets what is shown on the picture itself. It is seen at once, and settled when the gallery has answered. */
  async mark(field: MarkField, value: string | null, asked = this.refs) {
    const refs = this.#mine(asked, field)
    if (refs.length === 0) return
    const { history, statusesState } = this.#needs
    const { view, covered, byTouch } = this.#needs.viewState
    const words = field === 'status' && value !== null ? statusesState.nameOf(value) : undefined
    const shown: Partial<PhotoSummary> =
      field === 'rating' ? { rating: Number(value ?? 0) } : { [field]: value }
    view.pages.patch(refs, shown)
    const [ref = ''] = refs
    if (covered) this.shownMark.show({ ref, field, value, words })
    this.#advance(refs)
    // A finger has no other way back than the button beside what is said.
    const done = await history.perform(
      markName(field, value, refs.length, words),
      edits(refs, field, value),
      {
        seen: covered && !byTouch,
      },
    )
    if (!done) await view.refresh()
  }

  /** A label that all have already is taken away by the same key. */
  toggleLabel(label: PhotoSummary['label']) {
    const { photo } = this.#needs.viewState.view.selection
    return this.mark('label', photo?.label === label ? null : label)
  }

  edit(field: EditField, value: string | null, refs = this.refs) {
    const mine = this.#mine(refs)
    if (mine.length === 0) return Promise.resolve(null)
    return this.#needs.history.perform(editName(field, mine.length), edits(mine, field, value))
  }

  shift(refs: string[], minutes: number) {
    const mine = this.#mine(refs)
    const changes = perAlbum(mine, (album, photos) => ({ kind: 'shift', album, photos, minutes }))
    return this.#needs.history.perform(t('didDate', { photos: counted('photos', mine.length) }), changes)
  }

  tag(refs: string[], add: string[], remove: string[]) {
    const mine = this.#mine(refs)
    if (mine.length === 0 || add.length + remove.length === 0) return Promise.resolve(null)
    const changes = perAlbum(mine, (album, photos) => ({ kind: 'tag', album, photos, add, remove }))
    const blanks = { photos: counted('photos', mine.length), tags: listed([...add, ...remove]) }
    return this.#needs.history.perform(t(add.length > 0 ? 'didTag' : 'didUntag', blanks), changes)
  }

  /** Moves photos to an album. Afterwards nothing is selected; an open photo gives way to the next one. */
  async move(refs: string[], album: Album) {
    const mine = this.#mine(refs).filter((ref) => parseRef(ref).album !== album.id)
    if (mine.length === 0) return
    const { history } = this.#needs
    const { view, viewing } = this.#needs.viewState
    if (!viewing) view.selection.clear()
    preferences.change({ lastAlbum: album.id })
    const changes = perAlbum(mine, (from, photos) => ({ kind: 'move', from, to: album.id, photos }))
    await history.perform(
      t('didMove', { photos: counted('photos', mine.length), album: album.title }),
      changes,
    )
  }

  /** The album that photos were moved to last, if they still may be. */
  get lastAlbum(): Album | undefined {
    return this.#needs.albumsState.albums.find(
      ({ id, right }) => id === preferences.lastAlbum && right === 'modify',
    )
  }

  async moveToLast() {
    const album = this.lastAlbum
    if (album) await this.move(this.refs, album)
    else this.askWhereTo()
  }

  askWhereTo() {
    const refs = this.#mine(this.refs)
    if (refs.length > 0)
      this.#needs.dialogs.ask({ kind: 'move', refs, onmoved: (album) => void this.move(refs, album) })
  }

  askTags() {
    const refs = this.#mine(this.refs)
    if (refs.length > 0) this.#needs.dialogs.ask({ kind: 'tags', refs })
  }

  askDate() {
    const refs = this.#mine(this.refs)
    if (refs.length > 0) this.#needs.dialogs.ask({ kind: 'date', refs })
  }

  cut() {
    const refs = this.#mine(this.refs)
    if (refs.length > 0) this.#needs.clipboard.take(refs)
  }

  async paste() {
    const { albumsState, clipboard, notices } = this.#needs
    const target = albumsState.shown
    if (clipboard.cut.size === 0) return
    if (!target) {
      notices.complain(t('pasteWhere'))
      return
    }
    if (target.right !== 'modify') {
      notices.complain(t('mayNotModify', { album: target.title }))
      return
    }
    await this.move(clipboard.give(), target)
  }

  /** Takes photos out of their albums into the trash. */
  async trash(refs = this.refs) {
    const mine = this.#mine(refs)
    if (mine.length === 0) return
    const { history } = this.#needs
    const { view, viewing } = this.#needs.viewState
    if (!viewing) view.selection.clear()
    const changes = perAlbum(mine, (album, photos) => ({ kind: 'trash', album, photos }))
    await history.perform(t('didTrash', { photos: counted('photos', mine.length) }), changes)
  }

  async restore(refs: string[]) {
    const { viewState, history } = this.#needs
    viewState.view.selection.clear()
    const changes = perAlbum(refs, (album, photos) => ({ kind: 'restore', album, photos }))
    await history.perform(t('didRestore', { photos: counted('photos', refs.length) }), changes)
  }

  /** Those that an action is about and that may be changed; says so where there is none. */
  mine(): string[] {
    return this.#mine(this.refs)
  }

  /** Those that may be changed; says so where there is none. */
  #mine(refs: string[], field?: MarkField): string[] {
    const { albumsState, navigation, notices, statusesState } = this.#needs
    const setters = field === 'status' ? statusesState.setters : 'modify'
    const mine = navigation.trash ? [] : statusable(albumsState.albums, refs, setters)
    if (refs.length > 0 && mine.length === 0)
      notices.complain(t(navigation.trash ? 'restoreFirst' : 'mayNotChange'))
    return mine
  }

  /** Who culls by keys goes on to the next photo by itself. */
  #advance(refs: string[]) {
    const { view, viewing, comparing, picking, byTouch } = this.#needs.viewState
    if (picking || byTouch || view.selection.cursor < 0) return
    const { selection, pages } = view
    const last = (pages.total ?? 0) - 1
    if (!preferences.advance || refs.length !== 1 || selection.cursor >= last || comparing) return
    if (viewing) selection.visit(selection.cursor + 1)
    else selection.select(selection.cursor + 1)
  }
}

export const [getPhotoActions, setPhotoActions] = createContext<PhotoActions>()
