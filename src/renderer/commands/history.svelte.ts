import { createContext } from 'svelte'
import { inCalls, sizeOf } from '../../shared/domain/changes.ts'
import { newOperationId } from '../../shared/domain/random-ids.ts'
import type { Change, Changed, ChangeMode } from '../../shared/schemas/change.ts'
import { messageOf, type Client } from '../api/client.ts'
import { t } from '../i18n/index.ts'
import { keepOperations, keptOperations, type Operation } from './kept-history.ts'

interface Running {
  name: string
  done: number
  total: number
}

/** What was done, to be read for a while. `undoable`: a button takes it back. */
interface Toast {
  text: string
  /** Seen where it was done: it is only said to those who hear. */
  seen?: boolean
  undoable: boolean
}

/** Photos changed in one call: an answer comes within a few hundredths of a second, so that progress is seen. */
const photosPerCall = 500
/** Operations that can be undone, one after the other. */
const maxUndos = 100

/** Does what the user asks for, in calls of a size that can be stopped between them, and takes it back. */
export class History {
  readonly #client: Client
  readonly #complain: (message: string) => void
  /** Whose window it is, and in which gallery; null before that is known. */
  #who: string | null = null
  #undos = $state.raw<Operation[]>([])
  #redos = $state.raw<Operation[]>([])
  #running = $state.raw<Running | null>(null)
  #toast = $state.raw<Toast | null>(null)
  #stopped = false
  #last: Promise<unknown> = Promise.resolve()
  /** Operations that are not over: what undoes them is not known yet. */
  #waiting = $state(0)

  constructor(client: Client, complain: (message: string) => void) {
    this.#client = client
    this.#complain = complain
  }

  /** What is being done now. */
  get running() {
    return this.#running
  }
  /** Something is being done, or waits for its turn: undo takes back the last of it. */
  get pending() {
    return this.#waiting > 0
  }
  get toast() {
    return this.#toast
  }
  /** Name of what undo takes back; null where there is nothing. */
  get undoName() {
    return this.#undos.at(-1)?.name ?? null
  }
  get redoName() {
    return this.#redos.at(-1)?.name ?? null
  }

  dismiss() {
    this.#toast = null
  }

  /** Stops after the call that is under way. What was done until then can be undone. */
  stop() {
    this.#stopped = true
  }

  /** Does something, after what is being done already. `name` says in words what. Null where it failed. `seen`: the user sees it already. */
  perform(name: string, changes: Change[], { seen = false } = {}): Promise<Changed | null> {
    return this.#next(async () => {
      const done = await this.#apply(name, changes, 'free')
      if (!done) return null
      if (done.undo.length > 0) {
        this.#undos = [...this.#undos, { name, changes: done.undo }].slice(-maxUndos)
        this.#redos = []
      }
      const skipped = done.skipped > 0 ? ` ${t('someGone')}` : ''
      const text = done.changed === 0 && done.skipped === 0 ? t('nothingChanged') : `${name}.${skipped}`
      this.#toast = { text, undoable: done.undo.length > 0, seen: seen && done.skipped === 0 }
      return done
    })
  }

  undo(): Promise<void> {
    return this.#next(() => this.#back('undone'))
  }

  redo(): Promise<void> {
    return this.#next(() => this.#back('redone'))
  }

  /**
   * Does what cannot be undone, in steps of so many things, after what is being done already: its progress is shown, and it
   * can be stopped between the steps. Rejects with what a step rejected with.
   */
  inSteps<T>(name: string, things: T[], perStep: number, step: (things: T[]) => Promise<unknown>) {
    return this.#next(async () => {
      this.#stopped = false
      try {
        // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while this waits
        for (let start = 0; start < things.length && !this.#stopped; start += perStep) {
          this.#running = { name, done: start, total: things.length }
          await step(things.slice(start, start + perStep))
        }
      } finally {
        this.#running = null
      }
    })
  }

  /**
   * Tells whose window it is, and in which gallery: what they did before a reload can be undone as before. It fits what is there by then,
   * or it is refused, as always.
   */
  belongTo(who: string) {
    if (this.#who === who) return
    this.#who = who
    const { undos, redos } = keptOperations(who)
    this.#undos = [...undos, ...this.#undos].slice(-maxUndos)
    if (this.#undos.length === undos.length) this.#redos = [...redos]
    this.#keep()
  }

  /** Forgets what could be undone, as another account is here now. */
  forget() {
    this.#undos = []
    this.#redos = []
    this.#toast = null
    this.#keep()
  }

  #keep() {
    if (this.#who !== null) keepOperations(this.#who, { undos: this.#undos, redos: this.#redos })
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++
    const turn = this.#last.then(work).finally(() => {
      this.#waiting--
      this.#keep()
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Takes the last operation back, or does it again. It fits whole, or nothing is changed. */
  async #back(word: 'undone' | 'redone') {
    const from = word === 'undone' ? this.#undos : this.#redos
    const operation = from.at(-1)
    if (!operation) return
    const { name, changes } = operation
    const many = inCalls(changes, photosPerCall).length > 1
    if (many && !(await this.#apply(name, changes, 'check'))) {
      this.#drop(operation)
      return
    }
    const done = await this.#apply(name, changes, 'strict')
    if (!done) {
      this.#drop(operation)
      return
    }
    const inverse = { name, changes: done.undo }
    const onto = (history: Operation[]) =>
      done.undo.length > 0 ? [...history, inverse].slice(-maxUndos) : history
    const rest = (history: Operation[]) => history.filter((other) => other !== operation)
    this.#undos = word === 'undone' ? rest(this.#undos) : onto(this.#undos)
    this.#redos = word === 'undone' ? onto(this.#redos) : rest(this.#redos)
    this.#toast = { text: t(word, { name }), undoable: word === 'redone' && done.undo.length > 0 }
  }

  /** What does not fit any more never will. */
  #drop(operation: Operation) {
    this.#undos = this.#undos.filter((other) => other !== operation)
    this.#redos = this.#redos.filter((other) => other !== operation)
  }

  /** Null where it failed; then the user was told. A strict one that fails half way is taken back. */
  async #apply(name: string, changes: Change[], mode: ChangeMode): Promise<Changed | null> {
    const act = newOperationId()
    const all: Changed = { changed: 0, skipped: 0, undo: [], album: null, collection: null }
    const total = changes.reduce((sum, change) => sum + sizeOf(change), 0)
    this.#stopped = false
    try {
      for (const call of inCalls(changes, photosPerCall)) {
        // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while this waits
        if (this.#stopped && mode === 'free') break
        this.#running = { name, done: all.changed + all.skipped, total }
        const done = await this.#client.changes.apply({ act, changes: call, mode })
        all.changed += done.changed
        all.skipped += done.skipped
        all.undo = [...done.undo, ...all.undo]
        all.album = done.album ?? all.album
        all.collection = done.collection ?? all.collection
      }
      return all
    } catch (error) {
      this.#complain(messageOf(error) ?? t('somethingWrong'))
      return await this.#rescue(act, all, mode)
    } finally {
      this.#running = null
    }
  }

  /** After a failure half way: a free operation keeps what it did, to be undone; a strict one takes it back. */
  async #rescue(act: string, done: Changed, mode: ChangeMode): Promise<Changed | null> {
    if (mode !== 'strict') return done.changed > 0 ? done : null
    for (const call of inCalls(done.undo, photosPerCall))
      await this.#client.changes.apply({ act, changes: call, mode: 'free' }).catch(() => undefined)
    return null
  }
}

export const [getHistory, setHistory] = createContext<History>()
