import { preferences } from '../app/preferences.svelte.ts'
import type { Command } from './command.ts'

/** How a key moves and scales a photo on its stage. */
export interface ZoomControls {
  toggle: () => void
  by: (factor: number) => void
  pan: (dx: number, dy: number) => void
}

export interface Zoomed {
  readonly zoom: ZoomControls | undefined
  readonly loupe: Pick<ZoomControls, 'toggle' | 'pan'> & { shown: boolean; isOfUse: boolean }
}

/** How far a key moves a photo that is larger than the stage, in CSS pixels. */
const panStepPx = 80

/** Moves a photo that is larger than its stage, or below the loupe. `prefix` tells the ids of one room from those of another. */
export const pansOf = <C extends Zoomed>(prefix = ''): Command<C>[] =>
  (
    [
      ['pan-right', 'Shift+ArrowRight', -panStepPx, 0],
      ['pan-left', 'Shift+ArrowLeft', panStepPx, 0],
      ['pan-down', 'Shift+ArrowDown', 0, -panStepPx],
      ['pan-up', 'Shift+ArrowUp', 0, panStepPx],
    ] as const
  ).map(([id, binding, dx, dy]) => ({
    id: prefix + id,
    label: 'keyPan',
    keys: [binding],
    group: 'look',
    row: { label: 'keyPan', keys: ['⇧', '←', '→', '↑', '↓'] },
    repeats: true,
    run: ({ zoom, loupe }) => (loupe.shown ? loupe : zoom)?.pan(dx, dy),
  }))

/** Shows a photo larger or smaller. */
export const scalesOf = <C extends Zoomed>(prefix = ''): Command<C>[] =>
  (
    [
      ['zoom-in', ['[Shift]++', '[Shift]+='], 1.25],
      ['zoom-out', ['-'], 0.8],
    ] as const
  ).map(([id, keys, factor]) => ({
    id: prefix + id,
    label: 'keyCloser',
    keys,
    group: 'look',
    row: { label: 'keyCloser', keys: ['+', '−'] },
    repeats: true,
    run: ({ zoom }) => zoom?.by(factor),
  }))

/** Shows a part of a photo at full size. */
export const loupeOf = <C extends Zoomed>(prefix = ''): Command<C> => ({
  id: `${prefix}loupe`,
  label: 'loupe',
  icon: 'loupe',
  keys: ['Shift+z'],
  group: 'look',
  when: ({ loupe }) => loupe.isOfUse,
  run: ({ loupe }) => loupe.toggle(),
})

/** Colours what is sharp in a photo that is shown large. */
export const peakingOf = <C>(prefix = ''): Command<C> => ({
  id: `${prefix}peaking`,
  label: 'peaking',
  keys: ['Shift+h'],
  group: 'look',
  run: () => preferences.change({ peaking: !preferences.peaking }),
})

/** What shows photos as their files have them. */
export interface Untouchable {
  /** Something is adjusted in what is shown. */
  readonly isAdjusted: boolean
  readonly untouched: { press: () => void }
}

/** Shows photos as their files have them, while it is held or from one tap to the next. */
export const untouchedFor = <C extends Untouchable>(prefix = ''): Command<C> => ({
  id: `${prefix}untouched`,
  label: 'showUntouched',
  keys: ['o'],
  group: 'look',
  when: ({ isAdjusted }) => isAdjusted,
  run: ({ untouched }) => untouched.press(),
})
