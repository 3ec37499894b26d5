import { t } from '../i18n/index.ts'
import type { MenuEntry, MenuItem, MenuRow } from '../ui/menus/menus.svelte.ts'
import { isPossible, keyText, nameOf, type Command, type CommandRow } from './command.ts'

type Entry<C> = Command<C> | CommandRow<C> | null

const itemOf = <C>(command: Command<C>, context: C): MenuItem => ({
  label: nameOf(command, context),
  keys: keyText(command),
  disabled: !isPossible(command, context),
  grave: command.grave === true,
  run: () => void command.run(context),
})

const rowOf = <C>({ label, choices }: CommandRow<C>, context: C): MenuRow => ({
  label: t(label),
  choices: choices
    .filter(({ offered }) => offered?.(context) ?? true)
    .map((command) => ({
      ...itemOf(command, context),
      checked: command.checked?.(context) ?? false,
      run: () => void (command.checked?.(context) ? (command.again ?? command) : command).run(context),
      icon: command.icon as MenuItem['icon'],
      dot: command.dot,
      ring: command.ring?.(context),
    })),
})

const isOffered = <C>(entry: Entry<C>, context: C) => {
  const commands = entry === null ? [] : 'choices' in entry ? entry.choices : [entry]
  return entry === null || commands.some(({ offered }) => offered?.(context) ?? true)
}

/** Commands as the items of a menu, without those that it does not offer now, and without lines between nothing. */
export const menuItems = <C>(entries: readonly Entry<C>[], context: C): MenuEntry[] =>
  entries
    .filter((entry) => isOffered(entry, context))
    .filter((entry, i, rest) => entry !== null || (i > 0 && i < rest.length - 1 && rest[i - 1] !== null))
    .map((entry) =>
      entry === null ? null : 'choices' in entry ? rowOf(entry, context) : itemOf(entry, context),
    )
