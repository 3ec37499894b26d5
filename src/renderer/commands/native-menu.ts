import type { MenuCommand, Wish } from '../../shared/schemas/menu.ts'
import { nameOf, type Command } from './command.ts'
import type { CommandContext } from './command-context.ts'
import type { CommandRegistry } from './registry.ts'
import { photoCommands } from './photo-commands.ts'
import { windowCommands } from './window-commands.ts'

/** After so many milliseconds the menu is asked again that could not be reached. */
const retryDelayMs = 2000

/** Which commands the menus of the app have, in their order. */
const menus: Record<MenuCommand['menu'], readonly string[]> = {
  file: ['join', 'print'],
  edit: ['undo', 'redo'],
  photo: [
    'open',
    'pick',
    'reject',
    'unflag',
    'rate-0',
    'rate-1',
    'rate-2',
    'rate-3',
    'rate-4',
    'rate-5',
    'tags',
    'date',
    'turn-right',
    'turn-left',
    'adjust',
    'move',
    'compare',
    'export',
    'trash',
    'trash-rejected',
  ],
  view: ['picture-window', 'info', 'filter', 'all-photos', 'map', 'calendar', 'palette', 'settings', 'help'],
}

const isText = (element: Element | null) => element?.matches('input, textarea') === true

/**
 * How Electron writes the keys of a command; null where the menu is not to have them. A letter alone would be taken from the
 * text fields on systems whose menus always listen to their keys.
 */
const acceleratorOf = ({ keys }: Pick<Command<never>, 'keys'>): string | null => {
  const binding = keys?.[0]
  return binding?.startsWith('$mod+') ? binding.replace('$mod', 'CmdOrCtrl').replace(/\w$/, upper) : null
}

const upper = (letter: string) => letter.toUpperCase()

export interface Needs {
  context: CommandContext
  commands: CommandRegistry
}

/** Shows the window's commands in the menu of the desktop app, and runs those that are chosen there. */
export class NativeMenu {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Follows the menu until the way to stop, which it returns, is taken. */
  start() {
    const stop = new AbortController()
    void this.#follow(stop.signal)
    return () => stop.abort()
  }

  /** Shows the commands, by the names that they have just now; to be run whenever these change. */
  show() {
    const { client } = this.#needs.context
    client.desktop.showCommands(this.#items()).catch(() => undefined) // the next change shows them
  }

  #items(): MenuCommand[] {
    const all = [...photoCommands, ...windowCommands]
    return (Object.keys(menus) as MenuCommand['menu'][]).flatMap((menu) =>
      menus[menu].flatMap((id) => {
        const command = all.find((one) => one.id === id)
        if (!command) return []
        const label = nameOf(command, this.#needs.context)
        return [{ id, menu, label, accelerator: acceleratorOf(command) }]
      }),
    )
  }

  #obey(wish: Wish) {
    if (typeof wish !== 'string') {
      this.#needs.context.navigation.go(wish)
      return
    }
    // There is no other way to undo in a text field than this one, which every engine keeps.
    // oxlint-disable-next-line typescript/no-deprecated -- nothing else undoes and redoes in a text field
    if ((wish === 'undo' || wish === 'redo') && isText(document.activeElement)) document.execCommand(wish)
    else this.#needs.commands.run(wish)
  }

  async #follow(signal: AbortSignal) {
    const { desktop } = this.#needs.context.client
    while (!signal.aborted) {
      try {
        for await (const wish of await desktop.wishes(undefined, { signal })) this.#obey(wish)
      } catch {
        // the cure is to ask again
      }
      // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while this waits
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, retryDelayMs))
    }
  }
}
