/** The line between the stand-in and the test that started it: the IPC channel of the child process. */

export interface Report {
  kind: string
  [detail: string]: unknown
}

interface Wish {
  id: number
  wish: string
  value: unknown
}

const wishes = new Map<string, (value: never) => unknown>()
let sent: Promise<unknown> = Promise.resolve()

const send = (message: object) => {
  const done = new Promise<void>((resolve) => {
    if (process.connected) process.send?.(message, () => resolve())
    else resolve()
  })
  sent = Promise.all([sent, done])
}

/** Tells the test what has happened. */
export const report = (what: Report) => send({ report: what })

/** Resolves once everything reported so far is on its way. */
export const reported = () => sent

/** Lets the test do what a user would do, or ask what only the stand-in knows. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- an action says what it is given
export const grant = <T>(wish: string, action: (value: T) => unknown) => wishes.set(wish, action)

/** Begins to fulfil what the test wishes. */
export const listen = () => {
  const fulfil = async ({ id, wish, value }: Wish) => {
    try {
      const action = wishes.get(wish)
      if (!action) throw new Error(`the stand-in does not know "${wish}"`)
      send({ id, result: (await action(value as never)) ?? null })
    } catch (error) {
      send({ id, error: String(error) })
    }
  }
  process.on('message', (wish: Wish) => void fulfil(wish))
}
