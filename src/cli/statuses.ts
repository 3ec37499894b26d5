import { plainText } from '../shared/domain/fold-text.ts'
import type { UsualStatusId } from '../shared/domain/statuses.ts'
import { GalleryError } from '../shared/errors.ts'
import type { Status } from '../shared/schemas/status.ts'
import { act, findPhotos, perAlbum, resultWords } from './acting.ts'
import { withClient } from './client.ts'
import { table, type Output } from './output.ts'

/** What the usual statuses are called that were not renamed. */
const usual: Record<string, string | undefined> = {
  new: 'New',
  toEdit: 'To edit',
  edited: 'Edited',
  delivered: 'Delivered',
} satisfies Record<UsualStatusId, string>

const nameOf = ({ id, name }: Status) => name || (usual[id] ?? id)

/** `status list`: the statuses that photos can have, in their order. */
export const runStatuses = (out: Output) =>
  withClient(async (client) => {
    const all = (await client.gallery.statuses()).map((status) => ({ ...status, name: nameOf(status) }))
    out.answer(all, (statuses) => table(statuses.map(({ id, name, colour }) => [name, colour, id])))
  })

/** `status set STATUS PHOTO…`: by its name or id; `none` takes it away. */
export const runSetStatus = (out: Output, wanted: string, given: string[]): Promise<number> =>
  withClient(async (client) => {
    const statuses = await client.gallery.statuses()
    const name = plainText(wanted.trim())
    const status = statuses.find((one) => one.id === wanted || plainText(nameOf(one)) === name)
    if (!status && wanted !== 'none') throw new GalleryError('INVALID', 'badStatus', { value: wanted })
    const { photos, unknown } = await findPhotos(client, given)
    const changes = perAlbum(photos, (album, ids) => ({
      kind: 'edit',
      album,
      field: 'status',
      values: ids.map((photo) => ({ photo, to: status?.id ?? null })),
    }))
    const { changed, skipped } = await act(client, changes)
    out.answer({ changed, skipped }, resultWords(status ? `now “${nameOf(status)}”` : 'without a status'))
    return unknown > 0 ? 1 : 0
  })
