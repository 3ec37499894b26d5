import { parseRef } from '../../shared/domain/refs.ts'
import type { GalleryState } from '../app/app-state.svelte.ts'
import type { MenuItem } from '../ui/menus.svelte.ts'
import { counted, t } from '../i18n/index.ts'

const command = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl+'

/** Asks before originals leave their folders: what a gallery otherwise never does. */
const askForOriginals = ({ dialogs, client, attempt, complain }: GalleryState, refs: string[]) =>
  dialogs.ask({
    kind: 'confirm',
    title: t('originalsTitle', { photos: counted('photos', refs.length) }),
    text: t('originalsText'),
    action: t('originalsAction'),
    run: () =>
      attempt(async () => {
        const { failed } = await client.desktop.trashOriginals({ photos: refs.slice(0, 1000) })
        if (failed.length > 0)
          complain(`${counted('originalsStayed', failed.length)} ${failed[0]?.reason ?? ''}`)
      }),
  })

const coverItem = (gallery: GalleryState, ref: string | undefined): (MenuItem | null)[] => {
  const album = gallery.albums.find(({ id }) => ref !== undefined && id === parseRef(ref).album)
  if (!album || album.right !== 'modify' || gallery.photoActions.refs.length !== 1 || !ref) return []
  const change = { kind: 'describe-album', album: album.id, field: 'cover', to: parseRef(ref).id } as const
  const run = () => void gallery.history.perform(t('didCover', { album: album.title }), [change])
  return [{ label: t('useAsCover'), run }]
}

/** What can be done with the selected photos. */
export const photoMenu = (gallery: GalleryState): (MenuItem | null)[] => {
  const { photoActions, view, navigation, session } = gallery
  const { refs } = photoActions
  const open = {
    label: t('open'),
    keys: '↵',
    run: () => gallery.openPhoto(Math.max(0, view.selection.cursor)),
  }
  if (navigation.trash) return [open, null, { label: t('restore'), run: () => void photoActions.restore(refs) }]
  const disabled = !photoActions.canChange
  const last = photoActions.lastAlbum
  return [
    open,
    null,
    { label: t('moveTo'), keys: 'M', disabled, run: () => photoActions.askWhereTo() },
    ...(last
      ? [
          {
            label: t('moveToLast', { album: last.title }),
            keys: '⇧M',
            disabled,
            run: () => void photoActions.moveToLast(),
          },
        ]
      : []),
    { label: t('cut'), keys: `${command}X`, disabled, run: () => photoActions.cut() },
    null,
    { label: t('tagsItem'), keys: 'T', disabled, run: () => photoActions.askTags() },
    { label: t('dateItem'), keys: 'D', disabled, run: () => photoActions.askDate() },
    { label: t('pick'), keys: 'P', disabled, run: () => void photoActions.mark('flag', 'pick') },
    { label: t('reject'), keys: 'X', disabled, run: () => void photoActions.mark('flag', 'reject') },
    ...(refs.length >= 2 && refs.length <= 4
      ? [null, { label: t('compare'), keys: 'C', run: () => gallery.compare(true) }]
      : []),
    ...coverItem(gallery, refs[0]),
    null,
    { label: t('toTrash'), keys: '⌫', disabled, grave: true, run: () => void photoActions.trash() },
    ...(session?.shell === 'desktop'
      ? [{ label: t('originalsItem'), disabled, grave: true, run: () => askForOriginals(gallery, refs) }]
      : []),
  ]
}
