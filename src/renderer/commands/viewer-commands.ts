import { inRow } from '../i18n/forward.ts'
import { preferences } from '../app/preferences.svelte.ts'
import type { Command } from './command.ts'
import {
  loupeOf,
  pansOf,
  peakingOf,
  scalesOf,
  untouchedFor,
  type Untouchable,
  type Zoomed,
  type ZoomControls,
} from './zoom-commands.ts'

/** What the viewer can do with the photo that it shows. */
interface ViewerControls extends Untouchable, Zoomed {
  /** Goes on by so many photos; to the first or last one for an infinite number. */
  step: (by: number) => void
  close: () => void
  /** Ends the slideshow where it runs, or puts the loupe away, else closes the photo. */
  leave: () => void
  present: () => void
  zoom: ZoomControls
  /** Of a video. */
  player: { isThere: boolean; toggle: () => void; mute: () => void }
}

type ViewerCommand = Command<ViewerControls>

export const slideshow: ViewerCommand = {
  id: 'slideshow',
  label: 'slideshow',
  icon: 'play',
  keys: ['s'],
  group: 'look',
  run: ({ present }) => present(),
}

export const zoom: ViewerCommand = {
  id: 'zoom',
  label: 'keyZoom',
  keys: ['z'],
  group: 'look',
  run: ({ zoom }) => zoom.toggle(),
}

export const loupe = loupeOf<ViewerControls>()

export const untouched = untouchedFor<ViewerControls>()

/** What can be done with a film; its keys come before those of photos. */
export const playerCommands: readonly ViewerCommand[] = [
  {
    id: 'play',
    label: 'playPause',
    icon: 'play',
    keys: ['Space'],
    group: 'look',
    when: ({ player }) => player.isThere,
    run: ({ player }) => player.toggle(),
  },
  {
    id: 'mute',
    label: 'mute',
    keys: ['m'],
    group: 'look',
    when: ({ player }) => player.isThere,
    run: ({ player }) => player.mute(),
  },
]

const steps = (
  [
    ['next-photo', 'next', 'ArrowRight', 1],
    ['previous-photo', 'previous', 'ArrowLeft', -1],
    ['first-photo', 'keyEnds', 'Home', -Infinity],
    ['last-photo', 'keyEnds', 'End', Infinity],
  ] as const
).map(([id, label, key, by]): ViewerCommand => ({
  id,
  label,
  keys: [inRow(key)],
  group: 'look',
  row: Number.isFinite(by)
    ? { label: 'keyMove', keys: ['←', '→', '↑', '↓'] }
    : { label: 'keyEnds', keys: ['Home', 'End'] },
  repeats: true,
  run: ({ step }) => step(by),
}))

/** What can be done in the viewer besides what is done to photos anywhere. */
export const viewerCommands: readonly ViewerCommand[] = [
  ...steps,
  ...pansOf<ViewerControls>(),
  zoom,
  ...scalesOf<ViewerControls>(),
  loupe,
  slideshow,
  untouched,
  {
    id: 'histogram',
    label: 'histogram',
    keys: ['h'],
    group: 'look',
    run: () => preferences.change({ histogram: !preferences.histogram }),
  },
  peakingOf<ViewerControls>(),
  {
    id: 'filmstrip',
    label: 'filmstrip',
    keys: ['Shift+f'],
    group: 'look',
    run: () => preferences.change({ filmstrip: !preferences.filmstrip }),
  },
  {
    id: 'leave-viewer',
    label: 'keyOpen',
    keys: ['Space', 'Escape'],
    group: 'look',
    row: { label: 'keyOpen', keys: ['Space'] },
    run: ({ leave }) => leave(),
  },
  {
    id: 'close-photo',
    label: 'back',
    keys: ['Enter'],
    group: 'look',
    row: { label: 'keyOpen', keys: ['Space'] },
    run: ({ close }) => close(),
  },
]
