import '../i18n/later.ts'
import type { GalleryEvent } from '../../shared/schemas/event.ts'
import type { LibraryStatus } from '../../shared/schemas/library.ts'
import type { AlbumsState } from '../albums/albums-state.svelte.ts'
import type { Client } from '../api/client.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { textOf } from '../notices/notice-lines.ts'
import { counted, t } from '../i18n/index.ts'
import type { Notices } from '../ui/toasts/notices.svelte.ts'

interface Needs {
  client: Client
  notices: Notices
  albumsState: Pick<AlbumsState, 'byId'>
}

/** What comes one after the other is looked at once, after so many milliseconds. */
const restMs = 1500
/** What is told outside of the window as the gallery tells it; comments are by how many are not read in their album. */
const toldOutside = new Set<string>(['selection', 'links', 'uploads'])

/** How far an import is, as the system shows it: in hundredths, so that it is not told more often. */
const progressOf = ({ state, scanning, found, done }: LibraryStatus): number | null => {
  if (state !== 'working') return null
  return scanning || found === 0 ? 2 : Math.floor((100 * done) / found) / 100
}

/** A notification of the browser, where the user has allowed them. On phones only service workers may show one. */
const notifyInBrowser = (body: string) => {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  try {
    const notification = new Notification('Cimaise', { body })
    notification.onclick = () => window.focus()
  } catch {
    // It can be read again in the notices.
  }
}

/** Tells of what happens outside of the window while the user is elsewhere. */
export class Outside {
  readonly #client: Client
  readonly #notices: Notices
  readonly #albumsState: Needs['albumsState']
  /** Comments that were not read, by album, of those that something was said in. */
  readonly #unread = new Map<string, number>()
  #progress: number | null = null
  /** Counts of the import that is under way. */
  #isWorking = false
  #shown = ''
  #willLook = false
  /** Until when it was looked what the gallery tells; empty before the first time. */
  #until = ''

  constructor({ client, notices, albumsState }: Needs) {
    this.#client = client
    this.#notices = notices
    this.#albumsState = albumsState
  }

  hear(event: GalleryEvent): void {
    if (event.kind === 'library') this.#hearLibrary(event.status)
    else this.#lookSoon()
    if (event.kind === 'comments') void this.#count(event.album)
    if (event.kind === 'resync') for (const album of this.#unread.keys()) void this.#count(album)
  }

  #lookSoon() {
    if (!this.#willLook) setTimeout(() => void this.#look(), restMs)
    this.#willLook = true
  }

  /** What the gallery tells stands behind the bell; of what comes while the window is open, the rarer things are told outside too. */
  async #look() {
    this.#willLook = false
    try {
      const { notices, unread, until } = await this.#client.notices.list()
      this.#notices.hasTold(unread)
      for (const notice of notices)
        if (notice.unread && this.#until && notice.at > this.#until && toldOutside.has(notice.kind))
          this.#notify(textOf(notice, this.#albumsState.byId(notice.album)?.title ?? ''))
      this.#until = until
    } catch {
      // Guests are told of nothing; where the server is away, the next event asks again.
    }
  }

  #hearLibrary(status: LibraryStatus) {
    this.#progress = progressOf(status)
    this.#show()
    const wasWorking = this.#isWorking
    this.#isWorking = status.state !== 'idle' || status.scanning
    const { added, failed } = status
    if (!wasWorking || this.#isWorking || status.cancelled || added + failed === 0) return
    const photos = counted('importedPhotos', added)
    this.#notify(failed === 0 ? photos : t('importedSome', { photos, files: counted('unreadFiles', failed) }))
  }

  async #count(album: string) {
    const before = this.#unread.get(album) ?? 0
    try {
      const counts = await this.#client.comments.counts({ album })
      const unread = counts.reduce((sum, one) => sum + one.unread, 0)
      this.#unread.set(album, unread)
      if (unread > before) this.#tellComments(album, unread)
    } catch {
      this.#unread.delete(album) // the album can be read no more, or the server is away
    }
    this.#show()
  }

  #tellComments(album: string, count: number) {
    const comments = counted('unreadComments', count)
    this.#notify(t('commentsIn', { comments, album: this.#albumsState.byId(album)?.title ?? '' }))
  }

  #notify(text: string) {
    if (!preferences.notifications) return
    // The desktop app itself knows whether its window is before the user.
    if (window.desktop) void this.#client.desktop.notify({ text }).catch(() => undefined)
    else if (!document.hasFocus()) notifyInBrowser(text)
  }

  #show() {
    if (!window.desktop) return
    const unread = [...this.#unread.values()].reduce((sum, count) => sum + count, 0)
    const state = { progress: this.#progress, unread }
    if (JSON.stringify(state) === this.#shown) return
    this.#shown = JSON.stringify(state)
    void this.#client.desktop.showOutside(state).catch(() => undefined)
  }
}
