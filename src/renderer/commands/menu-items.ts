import type { MenuItem } from '../ui/menus/menus.svelte.ts'
import { isPossible, keyText, nameOf, type Command } from './command.ts'

const itemOf = <C>(command: Command<C>, context: C): MenuItem => ({
  label: nameOf(command, context),
  keys: keyText(command),
  disabled: !isPossible(command, context),
  grave: command.grave === true,
  run: () => void command.run(context),
})

/** Commands as the items of a menu, without those that it does not offer now, and without lines between nothing. */
export const menuItems = <C>(commands: readonly (Command<C> | null)[], context: C): (MenuItem | null)[] =>
  commands
    .filter((command) => command === null || (command.offered?.(context) ?? true))
    .filter((command, i, rest) => command !== null || (i > 0 && i < rest.length - 1 && rest[i - 1] !== null))
    .map((command) => command && itemOf(command, context))
