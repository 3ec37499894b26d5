import { boardKeys } from '../statuses/board-keyboard.ts'
import { gridMovement, gridOrder } from '../grid/grid-movement.ts'
import { adjustModeCommands } from './adjust-mode-commands.ts'
import { compareCommands } from './compare-commands.ts'
import { keyCaps, type Command, type Group, type HelpRow } from './command.ts'
import { matrixCommands } from './matrix-commands.ts'
import { photoCommands } from './photo-commands.ts'
import { playerCommands, viewerCommands } from './viewer-commands.ts'
import { windowCommands } from './window-commands.ts'

type Listed = Pick<Command<never>, 'label' | 'keys' | 'row' | 'group'>

const listed: readonly Listed[] = [
  ...viewerCommands,
  ...playerCommands,
  ...photoCommands,
  ...windowCommands,
  ...compareCommands,
  ...adjustModeCommands,
  ...matrixCommands,
]

const rowOf = ({ label, keys, row }: Listed): HelpRow[] => {
  if (row) return [row]
  return keys?.[0] === undefined ? [] : [{ label, keys: keyCaps(keys[0]) }]
}

const print = ({ label, keys }: HelpRow): HelpRow => ({ label, keys: keys.flatMap(keyCaps) })

/** Movement in the grid is no command: it is told here as the grid does it. */
const movement: Partial<Record<Group, readonly HelpRow[]>> = {
  look: gridMovement,
  organise: [...gridOrder, ...boardKeys],
}

/** The keys of a group, each label once. */
export const helpRows = (group: Group): HelpRow[] => {
  const commands = listed.filter((command) => command.group === group).flatMap(rowOf)
  const rows = [...(movement[group] ?? []), ...commands].map(print)
  return [...new Map(rows.map((row) => [row.label, row])).values()]
}
