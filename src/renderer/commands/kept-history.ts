import type { Change } from '../../shared/schemas/change.ts'

/** Something that the user did, by the name that menu and toast give it, and what undoes it. */
export interface Operation {
  name: string
  changes: Change[]
}

export interface Operations {
  undos: readonly Operation[]
  redos: readonly Operation[]
}

const key = 'cimaise:history'
/** Characters that are kept of what was done, the latest first: a browser keeps some millions. */
const maxKept = 1_000_000

const none: Operations = { undos: [], redos: [] }

/** Operations as text: each is written anew with all others whenever something was done. */
const texts = new WeakMap<Operation, string>()

const textOf = (operation: Operation): string => {
  const text = texts.get(operation) ?? JSON.stringify(operation)
  texts.set(operation, text)
  return text
}

/** The latest of some operations, as text, as long as they are short enough together; and how long they are. */
const latest = (operations: readonly Operation[], room: number): [text: string, length: number] => {
  const kept: string[] = []
  let length = 0
  for (const operation of operations.toReversed()) {
    const text = textOf(operation)
    if (length + text.length > room) break
    length += text.length
    kept.unshift(text)
  }
  return [`[${kept.join(',')}]`, length]
}

/** Keeps what can be undone and done again, for as long as the browser's tab is there. `who`: whose it is, and in which gallery. */
export const keepOperations = (who: string, { undos, redos }: Operations): void => {
  const [undoText, length] = latest(undos, maxKept)
  const [redoText] = latest(redos, maxKept - length)
  try {
    sessionStorage.setItem(key, `{"who":${JSON.stringify(who)},"undos":${undoText},"redos":${redoText}}`)
  } catch {
    sessionStorage.removeItem(key) // rather nothing than what was done before something else
  }
}

/** What was kept for somebody; what was kept for somebody else is forgotten. */
export const keptOperations = (who: string): Operations => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as (Operations & { who: string }) | null
    if (kept?.who === who && Array.isArray(kept.undos) && Array.isArray(kept.redos)) return kept
  } catch {
    // it was written by somebody else
  }
  sessionStorage.removeItem(key)
  return none
}
