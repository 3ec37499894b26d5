import type { Command } from './command.ts'

/** What can be done with photos side by side. */
export interface CompareControls {
  /** Gives the next photo the focus, or with a negative number the one before. */
  step: (by: number) => void
  close: () => void
  toggleZoom: () => void
}

const move = { label: 'keyMove', keys: ['←', '→', '↑', '↓'] } as const

/** What can be done while photos are compared, besides what is done to photos anywhere. */
export const compareCommands: readonly Command<CompareControls>[] = [
  {
    id: 'compare-next',
    label: 'next',
    keys: ['ArrowRight'],
    group: 'look',
    row: move,
    repeats: true,
    run: ({ step }) => step(1),
  },
  {
    id: 'compare-previous',
    label: 'previous',
    keys: ['ArrowLeft'],
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
    run: ({ toggleZoom }) => toggleZoom(),
  },
  {
    id: 'compare-close',
    label: 'back',
    keys: ['Escape', 'c'],
    group: 'window',
    row: { label: 'keyClear', keys: ['Escape'] },
    run: ({ close }) => close(),
  },
]
