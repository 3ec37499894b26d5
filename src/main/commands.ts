import { EventEmitter, on } from 'node:events'

const emitter = new EventEmitter()

/** Asks the page to run one of its commands: it knows whether a text is meant or photos. */
export const command = (id: string) => void emitter.emit('command', id)

/** The ids of commands that are chosen in the menu, from now on, until the signal is aborted. */
export async function* followCommands(signal: AbortSignal | undefined): AsyncGenerator<string> {
  try {
    for await (const [id] of on(emitter, 'command', signal ? { signal } : {})) yield id as string
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}
