import { setTimeout as wait } from 'node:timers/promises'
import { newOperationId } from '../../src/shared/domain/random-ids.ts'
import type { Change } from '../../src/shared/schemas/change.ts'
import type { Client, Outcome } from './client.ts'
import type { Ledger } from './ledger.ts'

/** Between two changes of one writer, in milliseconds. */
const pauseMs = 40

export interface Photo {
  album: string
  id: string
}

/** One user at work: makes one change after another, each on what no other writer touches. */
export type Writer = (turn: number) => Promise<void>

const apply = (client: Client, changes: Change[]) =>
  client.call((rpc) => rpc.changes.apply({ act: newOperationId(), changes, mode: 'free' }))

/** Notes a change in the ledger by how it ended. */
const note = (ledger: Ledger, what: string, value: string, outcome: Outcome<unknown>) => {
  ledger.counted(outcome)
  if (outcome.how === 'answered' || outcome.how === 'done') ledger.made(what, value)
  else if (outcome.how === 'unknown') ledger.maybe(what, value)
}

const some = <T>(values: T[], turn: number): T => {
  const value = values[turn % values.length]
  if (value === undefined) throw new Error('nothing to choose from')
  return value
}

/** Gives titles and ratings. */
export const editor =
  (client: Client, ledger: Ledger, photos: Photo[]): Writer =>
  async (turn) => {
    const { album, id } = some(photos, turn)
    const to = `t${turn}`
    const edit: Change = { kind: 'edit', album, field: 'title', values: [{ photo: id, to }] }
    note(ledger, `title ${id}`, to, await apply(client, [edit]))
  }

/** Gives and takes a tag. */
export const tagger =
  (client: Client, ledger: Ledger, photos: Photo[]): Writer =>
  async (turn) => {
    const { album, id } = some(photos, turn)
    const [add, remove] = turn % (2 * photos.length) < photos.length ? [['chaos'], []] : [[], ['chaos']]
    const tag: Change = { kind: 'tag', album, photos: [id], add, remove }
    note(ledger, `tag ${id}`, String(add.length > 0), await apply(client, [tag]))
  }

/** Moves photos there and back. */
export const mover =
  (client: Client, ledger: Ledger, photos: string[], albums: [string, string]): Writer =>
  async (turn) => {
    const photo = some(photos, turn)
    const back = Math.floor(turn / photos.length) % 2 === 1
    const [from, to] = back ? [albums[1], albums[0]] : albums
    // Where the last move is not known to have been made, it is made now.
    for (const source of new Set([from, ...ledger.values(`album ${photo}`)]))
      if (source !== to)
        note(
          ledger,
          `album ${photo}`,
          to,
          await apply(client, [{ kind: 'move', from: source, to, photos: [photo] }]),
        )
  }

/** Trashes photos and brings them back. */
export const trasher =
  (client: Client, ledger: Ledger, photos: Photo[]): Writer =>
  async (turn) => {
    const { album, id } = some(photos, turn)
    const kind = Math.floor(turn / photos.length) % 2 === 1 ? 'restore' : 'trash'
    note(
      ledger,
      `trashed ${id}`,
      String(kind === 'trash'),
      await apply(client, [{ kind, album, photos: [id] }]),
    )
  }

/** Makes albums. */
export const albumMaker =
  (client: Client, ledger: Ledger): Writer =>
  async (turn) => {
    const title = `Chaos ${turn}`
    note(ledger, `album titled ${title}`, 'there', await apply(client, [{ kind: 'create-album', title }]))
    await wait(500)
  }

/** Gives a member a right and takes it, and says when it was surely taken. */
export const rightsGiver =
  (
    client: Client,
    ledger: Ledger,
    album: string,
    tell: (right: 'read' | 'none', sure: boolean) => void,
  ): Writer =>
  async (turn) => {
    const right = turn % 2 === 0 ? 'read' : 'none'
    if (right === 'read') tell('read', false)
    const outcome = await client.call((rpc) =>
      rpc.rights.set({ act: newOperationId(), changes: [{ subject: 'account:mal', album, right }] }),
    )
    note(ledger, 'right of mal', right, outcome)
    if (right === 'none') tell('none', outcome.how === 'answered')
    await wait(400)
  }

/** Runs a writer until it is told to stop. What it was refused is kept by the ledger. */
export const keepWriting = async (writer: Writer, signal: AbortSignal) => {
  for (let turn = 0; !signal.aborted; turn++) {
    await writer(turn)
    await wait(pauseMs)
  }
}
