import type { Command } from './command.ts'

/** What can be done while a photo is being adjusted. */
interface AdjustControls {
  turn: (quarters: 1 | 3) => void
  done: () => void
}

export const turnRight: Command<AdjustControls> = {
  id: 'adjust-right',
  label: 'turnRight',
  keys: ['r'],
  group: 'organise',
  run: ({ turn }) => turn(1),
}

export const turnLeft: Command<AdjustControls> = {
  id: 'adjust-left',
  label: 'turnLeft',
  keys: ['Shift+r'],
  group: 'organise',
  run: ({ turn }) => turn(3),
}

export const adjustDone: Command<AdjustControls> = {
  id: 'adjust-done',
  label: 'keepAdjustment',
  keys: ['Enter'],
  group: 'organise',
  row: { label: 'adjustItem', keys: ['Shift', 'C'] },
  run: ({ done }) => done(),
}

export const adjustModeCommands: readonly Command<AdjustControls>[] = [turnRight, turnLeft, adjustDone]
