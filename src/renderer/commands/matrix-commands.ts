import type { AccessLevel } from '../../shared/schemas/access.ts'
import type { Command } from './command.ts'

/** The cell, row or column of the matrix of rights that the keyboard is on. */
export interface MatrixControls {
  give: (level: AccessLevel) => void
  cycle: () => void
}

const level = (id: string, label: AccessLevel, key: string): Command<MatrixControls> => ({
  id,
  label,
  keys: [key],
  group: 'window',
  row: { label: 'whoSeesWhat', keys: ['N', 'R', 'C', 'M'] },
  run: ({ give }) => give(label),
})

/** What is done to rights in the matrix. */
export const matrixCommands: readonly Command<MatrixControls>[] = [
  level('right-none', 'none', 'n'),
  level('right-read', 'read', 'r'),
  level('right-comment', 'comment', 'c'),
  level('right-modify', 'modify', 'm'),
  {
    id: 'right-next',
    label: 'whoSeesWhat',
    keys: ['Space', 'Enter'],
    group: 'window',
    row: { label: 'whoSeesWhat', keys: ['N', 'R', 'C', 'M'] },
    run: ({ cycle }) => cycle(),
  },
]
