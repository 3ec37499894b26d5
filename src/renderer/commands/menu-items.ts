import { t } from '../i18n/index.ts'
import type { MenuEntry, MenuItem, MenuRow } from '../ui/menus/menus.svelte.ts'
import { isPossible, keyText, nameOf, type Command, type CommandRow } from './command.ts'

/** Commands behind one entry of a menu. */
interface CommandGroup<C> {
  readonly label: CommandRow<C>['label']
  readonly items: readonly Entry<C>[]
}

type Entry<C> = Command<C> | CommandRow<C> | CommandGroup<C> | null

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

/** A group of one is that one. */
const groupOf = <C>({ label, items }: CommandGroup<C>, context: C): MenuEntry => {
  const offered = menuItems(items, context)
  return offered.length === 1 ? (offered[0] ?? null) : { label: t(label), items: offered }
}

const isOffered = <C>(entry: Entry<C>, context: C): boolean => {
  if (entry === null) return true
  if ('items' in entry) return entry.items.some((item) => item !== null && isOffered(item, context))
  const commands = 'choices' in entry ? entry.choices : [entry]
  return commands.some(({ offered }) => offered?.(context) ?? true)
}

const entryOf = <C>(entry: Entry<C>, context: C): MenuEntry => {
  if (entry === null) return null
  if ('items' in entry) return groupOf(entry, context)
  return 'choices' in entry ? rowOf(entry, context) : itemOf(entry, context)
}

/** Commands as the items of a menu, without those that it does not offer now, and without lines between nothing. */
export const menuItems = <C>(entries: readonly Entry<C>[], context: C): MenuEntry[] =>
  entries
    .filter((entry) => isOffered(entry, context))
    .filter((entry, i, rest) => entry !== null || (i > 0 && i < rest.length - 1 && rest[i - 1] !== null))
    .map((entry) => entryOf(entry, context))
