import { toggleFullScreen } from './fullscreen.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { t } from '../i18n/index.ts'
import type { MenuEntry } from '../ui/menus/menus.svelte.ts'
import { keyText } from '../commands/command.ts'
import { viewerCommands } from '../commands/viewer-commands.ts'
import type { ViewerState } from './viewer-state.svelte.ts'

const keysOf = (id: string) => keyText(viewerCommands.find((command) => command.id === id) ?? {})

/** How the open photo is shown, behind one entry of its menu: what has a key and no button under fingers. */
export const viewItems = (viewer: ViewerState): MenuEntry => {
  const { loupe, zoom, photo } = viewer
  const kept = (setting: 'histogram' | 'peaking' | 'filmstrip') => ({
    ...{ label: t(setting), keys: keysOf(setting), checked: preferences[setting], toggles: true },
    run: () => preferences.change({ [setting]: !preferences[setting] }),
  })
  const isPicture = photo?.video !== true && !viewer.showsFilm
  return {
    label: t('menuView'),
    items: [
      kept('filmstrip'),
      ...(isPicture
        ? [
            kept('histogram'),
            kept('peaking'),
            {
              ...{ label: t('loupe'), keys: keysOf('loupe'), checked: loupe.on, toggles: true },
              disabled: !loupe.isOfUse,
              run: () => loupe.toggle(),
            },
            null,
            {
              label: zoom.fits ? t('fullSize') : t('fit'),
              keys: keysOf('zoom'),
              run: () => zoom.toggle(),
            },
          ]
        : []),
      { label: t('keyFull'), run: toggleFullScreen },
    ],
  }
}
