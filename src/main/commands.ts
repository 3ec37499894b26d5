import { EventEmitter, on } from 'node:events'

/** What the menu asks of the page: the page knows whether a text is meant or photos. */
export type Command = 'undo' | 'redo'

const emitter = new EventEmitter()

export const command = (what: Command) => void emitter.emit('command', what)

/** What the menu asks, from now on, until the signal is aborted. */
export async function* followCommands(signal: AbortSignal | undefined): AsyncGenerator<Command> {
  try {
    for await (const [what] of on(emitter, 'command', signal ? { signal } : {})) yield what as Command
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}
