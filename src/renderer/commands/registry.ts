import { createContext } from 'svelte'
import type { MenuEntry } from '../ui/menus/menus.svelte.ts'
import { isPossible, keyText, nameOf, runByKey, type Command } from './command.ts'
import type { CommandContext } from './command-context.ts'
import { menuItems } from './menu-items.ts'
import { photoCommands, photoMenu, type PhotoMenuEntry } from './photo-commands.ts'
import { windowCommands } from './window-commands.ts'

/** A command together with what it needs: ready to be run. */
export interface BoundCommand {
  id: string
  name: string
  keys: string
  run: () => unknown
}

const everywhere = [...photoCommands, ...windowCommands]

const commandOf = (id: string) => everywhere.find((command) => command.id === id)

const entryOf = (entry: PhotoMenuEntry): Parameters<typeof menuItems<CommandContext>>[0][number] => {
  if (entry === null) return null
  if (typeof entry === 'string') return commandOf(entry) ?? null
  if ('items' in entry) return { label: entry.label, items: entry.items.map(entryOf) }
  return { label: entry.label, choices: entry.ids.flatMap((id) => commandOf(id) ?? []) }
}

const possibleOf = <C>(commands: readonly Command<C>[], context: C): BoundCommand[] =>
  commands
    .filter((command) => isPossible(command, context))
    .map((command) => ({
      id: command.id,
      name: nameOf(command, context),
      keys: keyText(command),
      run: () => command.run(context),
    }))

const isTyping = (event: KeyboardEvent) =>
  (event.target as Element).matches(
    'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, option',
  )

/** The commands of the window: what can be done now, by which key, and in which menu. */
export class CommandRegistry {
  readonly #context: CommandContext
  readonly #offers = new Set<() => BoundCommand[]>()

  constructor(context: CommandContext) {
    this.#context = context
  }

  /** Adds the commands of what is on the screen, such as the viewer; returns the way to take them away. */
  offer<C>(commands: readonly Command<C>[], context: C) {
    const offer = () => possibleOf(commands, context)
    this.#offers.add(offer)
    return () => void this.#offers.delete(offer)
  }

  /** What can be done now: first what belongs to what is on the screen. */
  possible(): BoundCommand[] {
    const all = [...this.#offered(), ...possibleOf(this.#here, this.#context)]
    return all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i)
  }

  /** Runs a command by its id, unless it means nothing now, a dialog is open or the window is locked. */
  run(id: string) {
    const { dialogs, sessionState } = this.#context
    if (dialogs.now || sessionState.locked !== null) return
    const offered = this.#offered().find((one) => one.id === id)
    // Not of `possible`, where one of two commands of a name stands for both.
    const own = this.#here.find((one) => one.id === id && isPossible(one, this.#context))
    if (offered) void offered.run()
    else void own?.run(this.#context)
  }

  /** The commands of what is on the screen. */
  #offered(): BoundCommand[] {
    return [...this.#offers].flatMap((offer) => offer())
  }

  get #here(): readonly Command<CommandContext>[] {
    return this.#context.settingsRoute.section
      ? windowCommands.filter(({ overSettings }) => overSettings)
      : everywhere
  }

  /** What the keys do that act on photos: of the grid, the viewer and where photos are compared. */
  photoKey(event: KeyboardEvent): boolean {
    return runByKey(event, photoCommands, this.#context)
  }

  /** What the keys do that mean the same wherever the focus is, except where the user types. `only`: some of them, by their ids. */
  windowKey(event: KeyboardEvent, only?: readonly string[]): boolean {
    const { dialogs, menus, sessionState, settingsRoute } = this.#context
    if (event.defaultPrevented || dialogs.now || menus.now || sessionState.locked !== null) return false
    const commands = windowCommands.filter(
      ({ id, whileTyping, overSettings }) =>
        (only?.includes(id) ?? true) &&
        (overSettings || !settingsRoute.section) &&
        (whileTyping || !isTyping(event)),
    )
    return runByKey(event, commands, this.#context)
  }

  /** The menu of the selected photos, or without `open` that of the one that is open. */
  photoMenu({ open }: { open: boolean }): MenuEntry[] {
    const ids = open ? photoMenu : photoMenu.filter((id) => id !== 'open')
    return menuItems(ids.map(entryOf), this.#context)
  }
}

export const [getCommands, setCommands] = createContext<CommandRegistry>()
