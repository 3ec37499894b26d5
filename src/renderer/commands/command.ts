import { matchKeybindingPress, parseKeybinding } from 'tinykeys'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { Status } from '../../shared/schemas/status.ts'
import { t } from '../i18n/index.ts'
import type Icon from '../ui/controls/Icon.svelte'
import type { ComponentProps } from 'svelte'

/** A text without blanks, by its key in the catalogues. */
type MessageKey = Parameters<typeof t>[0]

/** Under which heading the help lists a command. */
export type Group = 'look' | 'cull' | 'organise' | 'window'

/**
 * Something that the user can do, told once: keys, menus, the menu bar, the palette, tooltips and the help come from it. `C`
 * is what it needs to be done.
 */
export interface Command<C> {
  readonly id: string
  readonly label: MessageKey
  /** A label that says what is meant just now. @default the label's text */
  readonly name?: (context: C) => string
  readonly icon?: ComponentProps<typeof Icon>['name']
  /** Bindings in the grammar of tinykeys, of which the first is the one that is told. */
  readonly keys?: readonly string[]
  readonly group: Group
  /** A row of the help that several commands share: its label, and its keys as they are printed. */
  readonly row?: HelpRow
  /** Whether it can be done now: a menu greys it otherwise, and the palette leaves it out. @default always */
  readonly when?: (context: C) => boolean
  /** By its key it is run although it cannot be done: it says why itself. */
  readonly explains?: boolean
  /** Whether a menu has the item at all. @default always */
  readonly offered?: (context: C) => boolean
  /** Of a choice among several, as in a row of a menu: whether it is the one that holds. */
  readonly checked?: (context: C) => boolean
  /** What is done by choosing it there while it holds, which takes it away. */
  readonly again?: Command<C>
  /** The label whose dot it is in such a row. */
  readonly dot?: NonNullable<PhotoSummary['label']>
  /** The colour of the status that it is in such a row. */
  readonly ring?: (context: C) => Status['colour'] | undefined
  /** The key means it in text fields too. */
  readonly whileTyping?: boolean
  /** The key means it over the settings too, where no photo is seen. */
  readonly overSettings?: boolean
  /** A key that is held does it again and again. */
  readonly repeats?: boolean
  /** Removes something: told apart by its colour. */
  readonly grave?: boolean
  readonly run: (context: C) => unknown
}

/** Commands that stand side by side in one row of a menu. */
export interface CommandRow<C> {
  readonly label: MessageKey
  readonly choices: readonly Command<C>[]
}

/** A line of the keyboard help. */
export interface HelpRow {
  label: MessageKey
  keys: readonly string[]
}

const isMac = navigator.platform.startsWith('Mac')

const printed: Record<string, string> = {
  ...(isMac && { $mod: '⌘' }),
  Shift: '⇧',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Backspace: '⌫',
  Enter: '↵',
  '-': '−',
}

/** What a language has a word for. */
const named: Record<string, MessageKey> = {
  Escape: 'capEscape',
  Space: 'capSpace',
  ...(!isMac && { $mod: 'capControl' }),
}

const capOf = (code: string): string => {
  const key = code.replace(/^Digit/, '')
  const name = named[key]
  return name ? t(name) : (printed[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}

/** The keys of a binding as they are printed, one by one: `$mod+Shift+z` is `Ctrl`, `⇧`, `Z`. */
export const keyCaps = (binding: string): string[] =>
  binding
    .split(/(?<=\w|\])\+/)
    .filter((key) => !key.startsWith('['))
    .map(capOf)

/** The keys of a command in one text, as menus show them: `Ctrl+⇧Z`; empty where it has none. */
export const keyText = ({ keys }: { keys?: readonly string[] | undefined }): string =>
  keyCaps(keys?.[0] ?? '')
    .join('')
    .replace(t('capControl'), '$&+')

/** Whether a key press is one of a command's. */
const isKeyOf = (event: KeyboardEvent, { keys = [] }: { keys?: readonly string[] }): boolean =>
  keys.some((binding) => {
    const [press] = parseKeybinding(binding)
    return press !== undefined && matchKeybindingPress(event, press)
  })

export const isPossible = <C>({ when }: Command<C>, context: C): boolean => when?.(context) ?? true

export const nameOf = <C>({ name, label }: Command<C>, context: C): string => name?.(context) ?? t(label)

/**
 * Runs the command that a key means. True where there is one, and then the browser does nothing of its own with the key; a
 * key that is held does nothing more, unless the command repeats.
 */
export const runByKey = <C>(
  event: KeyboardEvent,
  commands: readonly (Command<C> | null)[],
  context: C,
): boolean => {
  const command = commands.find(
    (one) => one && isKeyOf(event, one) && (one.explains === true || isPossible(one, context)),
  )
  if (!command) return false
  event.preventDefault()
  if (!event.repeat || command.repeats) void command.run(context)
  return true
}
