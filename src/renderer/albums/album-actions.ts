import type { Change } from '../../shared/schemas/change.ts'
import type { GalleryState } from '../app/app-state.svelte.ts'
import type { MenuItem } from '../ui/menus.svelte.ts'
import type { AlbumBranch } from './album-tree.ts'
import { counted, t } from '../i18n/index.ts'

/** Makes an album, in a branch of the tree where one is given, and shows it. */
export const askForAlbum = (gallery: GalleryState, within = '') =>
  gallery.dialogs.ask({
    kind: 'text',
    title: t('newAlbum'),
    label: t('albumTitle'),
    value: within === '' ? '' : `${within}/`,
    action: t('create'),
    hint: t('albumTitleHint'),
    give: async (title) => {
      const made = await gallery.history.perform(t('didCreate', { album: title }), [
        { kind: 'create-album', title },
      ])
      if (made?.album) gallery.show(made.album)
    },
  })

/** The albums of a branch: its own, and all below. */
const albumsBelow = (gallery: GalleryState, { path, item: album }: AlbumBranch) =>
  gallery.albums.filter(({ id, title }) => id === album?.id || title.startsWith(`${path}/`))

/** Renames a branch, and with it the titles of all albums below. */
export const askForName = (gallery: GalleryState, branch: AlbumBranch) => {
  const below = albumsBelow(gallery, branch)
  gallery.dialogs.ask({
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
      return gallery.history.perform(t('didRename', { album: title }), [{ kind: 'rename-albums', titles }])
    },
  })
}

const askForDescription = ({ dialogs, history }: GalleryState, { item: album }: AlbumBranch) => {
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
export const deleteBranch = async (gallery: GalleryState, branch: AlbumBranch) => {
  const albums = branch.item ? [branch.item] : albumsBelow(gallery, branch)
  const photos = albums.reduce((sum, album) => sum + album.photos, 0)
  const changes = albums.map(({ id }): Change => ({ kind: 'delete-album', album: id }))
  const name = t('didDelete', { album: branch.path, photos: counted('photos', photos) })
  const done = await gallery.history.perform(name, changes)
  if (done && albums.some(({ id }) => id === gallery.album)) gallery.show(null)
}

/** What can be done with a branch of the album tree. */
export const albumMenu = (gallery: GalleryState, branch: AlbumBranch): (MenuItem | null)[] => {
  const mayCreate = gallery.session?.administrator === true
  const mayModify = branch.item?.right === 'modify'
  return [
    { label: t('newAlbum'), disabled: !mayCreate, run: () => askForAlbum(gallery) },
    { label: t('newAlbumIn'), disabled: !mayCreate, run: () => askForAlbum(gallery, branch.path) },
    null,
    { label: t('renameItem'), keys: 'F2', disabled: !mayCreate, run: () => askForName(gallery, branch) },
    { label: t('descriptionItem'), disabled: !mayModify, run: () => askForDescription(gallery, branch) },
    null,
    {
      label: t('deleteAlbum'),
      keys: '⌫',
      disabled: !mayCreate,
      grave: true,
      run: () => void deleteBranch(gallery, branch),
    },
  ]
}
