import { inRow } from '../i18n/forward.ts'
import type { Command } from './command.ts'
import {
  loupeOf,
  pansOf,
  peakingOf,
  scalesOf,
  untouchedFor,
  type Untouchable,
  type Zoomed,
} from './zoom-commands.ts'

/** What can be done with photos side by side. */
interface CompareControls extends Untouchable, Zoomed {
  /** Gives the next photo the focus, or with a negative number the one before. */
  step: (by: number) => void
  close: () => void
  /** Takes the photo with the focus out of the comparison. */
  drop: () => void
  /** Zooms and moves all together, or each by itself. */
  link: () => void
}

type CompareCommand = Command<CompareControls>

const move = { label: 'keyMove', keys: ['←', '→', '↑', '↓'] } as const

export const compareDrop: CompareCommand = {
  id: 'compare-drop',
  label: 'takeOut',
  icon: 'close',
  keys: ['Delete', 'Backspace'],
  group: 'cull',
  run: ({ drop }) => drop(),
}

export const compareLinked: CompareCommand = {
  id: 'compare-linked',
  label: 'keyLinked',
  keys: ['l'],
  group: 'look',
  run: ({ link }) => link(),
}

export const compareLoupe = loupeOf<CompareControls>('compare-')

export const compareUntouched = untouchedFor<CompareControls>('compare-')

/** What can be done while photos are compared, besides what is done to photos anywhere. */
export const compareCommands: readonly CompareCommand[] = [
  {
    id: 'compare-next',
    label: 'next',
    keys: [inRow('ArrowRight')],
    group: 'look',
    row: move,
    repeats: true,
    run: ({ step }) => step(1),
  },
  {
    id: 'compare-previous',
    label: 'previous',
    keys: [inRow('ArrowLeft')],
    group: 'look',
    row: move,
    repeats: true,
    run: ({ step }) => step(-1),
  },
  {
    id: 'compare-zoom',
    label: 'keyZoom',
    keys: ['z'],
    group: 'look',
    run: ({ zoom }) => zoom?.toggle(),
  },
  ...pansOf<CompareControls>('compare-'),
  ...scalesOf<CompareControls>('compare-'),
  compareLoupe,
  peakingOf<CompareControls>('compare-'),
  compareUntouched,
  compareLinked,
  compareDrop,
  {
    id: 'compare-close',
    label: 'back',
    keys: ['Escape', 'c'],
    group: 'window',
    row: { label: 'keyClear', keys: ['Escape'] },
    run: ({ close }) => close(),
  },
]
