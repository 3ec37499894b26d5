import { createContext } from 'svelte'
import type { Album } from '../../shared/schemas/album.ts'
import type { Change } from '../../shared/schemas/change.ts'
import { copyLink } from '../app/links.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import type { SessionState } from '../auth/session-state.svelte.ts'
import type { History } from '../commands/history.svelte.ts'
import type { SettingsRoute } from '../settings/settings-route.svelte.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import { counted, t } from '../i18n/index.ts'
import { mayRename } from './album-rights.ts'
import type { AlbumsState } from './albums-state.svelte.ts'
import type { AlbumBranch } from './album-tree.ts'

interface Needs {
  albumsState: AlbumsState
  sessionState: SessionState
  navigation: Navigation
  history: History
  dialogs: Dialogs
  notices: Notify
  settingsRoute: Pick<SettingsRoute, 'show'>
}

/** What users do to albums, and to the branches of their tree. */
export class AlbumActions {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get mayCreate() {
    return this.#needs.sessionState.canCreateAlbums
  }

  /** Whether all albums of a branch may be renamed, as a rename takes those below along. */
  mayRename(branch: AlbumBranch) {
    return mayRename(this.#needs.sessionState.session, this.#below(branch))
  }

  get mayDelete() {
    return this.#needs.sessionState.administrator
  }

  /** Links and rights are the business of administrators. */
  get mayShare() {
    return this.#needs.sessionState.administrator
  }

  /** Asks for a link to an album. */
  askForShare({ item: album }: AlbumBranch) {
    if (album) this.#needs.dialogs.ask({ kind: 'share', album: album.id })
  }

  /** Shows who may see an album, everybody among them, and changes it. */
  showRights({ item: album }: AlbumBranch) {
    if (album) this.#needs.settingsRoute.show('albums', album.id)
  }

  /** Only whose host it is may write to its folders. */
  get mayExport() {
    return this.#needs.sessionState.session?.library === true
  }

  /** A browser saves files; the desktop app copies them into a folder. */
  get mayDownload() {
    return this.#needs.sessionState.session?.shell === 'browser'
  }

  /** Asks as what the browser is to save all photos of an album. */
  askForDownload({ item: album }: AlbumBranch) {
    if (!album) return
    const photos = { album: album.id, sort: 'taken', descending: false } as const
    const given = album.download === 'original' ? 'original' : 'preview'
    this.#needs.dialogs.ask({ kind: 'download', photos, count: album.photos, name: album.title, given })
  }

  /** Asks where the photos of an album are to be copied. */
  askForExport({ item: album }: AlbumBranch) {
    if (!album) return
    const photos = { album: album.id, sort: 'taken', descending: false } as const
    this.#needs.dialogs.ask({ kind: 'export', photos, count: album.photos })
  }

  /** Copies the address of an album, for others who may see it. */
  copyLink({ item: album }: AlbumBranch) {
    return album ? copyLink(this.#needs, { album: album.id }) : null
  }

  /** Makes an album of a title. Null where that failed. */
  async create(title: string): Promise<Album | null> {
    const { history } = this.#needs
    const made = await history.perform(t('didCreate', { album: title }), [{ kind: 'create-album', title }])
    if (!made?.album) return null
    const nothing = { photos: 0, public: false, description: '', cover: null, download: 'original' as const }
    return { ...nothing, id: made.album, title, right: 'modify' }
  }

  /** Asks for the title of a new album, in a branch of the tree where one is given, and shows it. */
  askForAlbum(within = '') {
    const { dialogs, navigation } = this.#needs
    dialogs.ask({
      kind: 'text',
      title: t('newAlbum'),
      label: t('albumTitle'),
      value: within === '' ? '' : `${within}/`,
      action: t('create'),
      hint: t('albumTitleHint'),
      give: async (title) => {
        const made = await this.create(title)
        if (made) navigation.show(made.id)
      },
    })
  }

  /** Renames a branch, and with it the titles of all albums below. */
  askForName(branch: AlbumBranch) {
    const { dialogs, history } = this.#needs
    const below = this.#below(branch)
    dialogs.ask({
      kind: 'text',
      title: t('renameAlbum'),
      label: t('albumTitle'),
      value: branch.path,
      action: t('rename'),
      hint: below.length > 1 ? counted('renamesAlso', below.length) : t('albumTitleHint'),
      give: (title) => {
        const titles = below.map(({ id, title: from }) => ({
          album: id,
          from,
          to: title + from.slice(branch.path.length),
        }))
        return history.perform(t('didRename', { album: title }), [{ kind: 'rename-albums', titles }])
      },
    })
  }

  askForDescription({ item: album }: AlbumBranch) {
    const { dialogs, history } = this.#needs
    if (!album) return
    dialogs.ask({
      kind: 'text',
      title: album.title,
      label: t('description'),
      value: album.description,
      multiline: true,
      action: t('save'),
      give: (text) =>
        history.perform(t('didDescribe', { album: album.title }), [
          { kind: 'describe-album', album: album.id, field: 'description', to: text || null },
        ]),
    })
  }

  /** Puts a branch's own album into the trash, or all of its albums where it has none. It can be undone. */
  async delete(branch: AlbumBranch) {
    const { history, navigation } = this.#needs
    const albums = branch.item ? [branch.item] : this.#below(branch)
    const photos = albums.reduce((sum, album) => sum + album.photos, 0)
    const changes = albums.map(({ id }): Change => ({ kind: 'delete-album', album: id }))
    const name = t('didDelete', { album: branch.path, photos: counted('photos', photos) })
    const done = await history.perform(name, changes)
    if (done && albums.some(({ id }) => id === navigation.album)) navigation.show(null)
  }

  /** Makes a photo the picture that stands for its album. */
  async setCover(album: Album, photo: string) {
    const change = { kind: 'describe-album', album: album.id, field: 'cover', to: photo } as const
    await this.#needs.history.perform(t('didCover', { album: album.title }), [change])
  }

  /** The albums of a branch: its own, and all below. */
  #below({ path, item: album }: AlbumBranch) {
    return this.#needs.albumsState.albums.filter(
      ({ id, title }) => id === album?.id || title.startsWith(`${path}/`),
    )
  }
}

export const [getAlbumActions, setAlbumActions] = createContext<AlbumActions>()
