import { chunksOf } from '../../shared/domain/chunks.ts'
import { maxPhotosPerWish } from '../../shared/domain/statuses.ts'
import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { Change, Changed } from '../../shared/schemas/change.ts'
import { answered, ask } from '../access/own-account.ts'
import { done, type ChangeContext } from '../changes/change-context.ts'
import { editPhotos } from '../changes/edit.ts'
import { readHashes } from '../redis/claims.ts'
import { fromRedis } from '../redis/errors.ts'
import { behindOf } from '../stacks/stack-record.ts'
import { readStatusSetters } from './status-setters.ts'
import { readStatuses } from './status-list.ts'

type Edit = Extract<Change, { kind: 'edit' }>

/** What is to be changed of one photo. */
interface Step {
  photo: string
  to: string
  now: string
}

/** Photos that are asked for, and those behind them, with what is to be there. */
const wantedOf = async ({ session }: ChangeContext, { album, values, alone }: Edit) => {
  const ids = values.map(({ photo }) => photo)
  const behind = alone ? [] : await behindOf(session, album, ids)
  const named = new Set(ids)
  return values.flatMap(({ photo, to, from }, i) => [
    { photo, to: to ?? '', from },
    ...(behind[i] ?? [])
      .filter(({ id }) => !named.has(id))
      .map(({ id }) => ({ photo: id, to: to ?? '', from: undefined })),
  ])
}

/** What is to be changed, and how many of the photos are not there. CONFLICT where that is not what was expected. */
const stepsOf = async (context: ChangeContext, change: Edit) => {
  const { redis, keys } = context.session
  const wanted = await wantedOf(context, change)
  const rows = await readHashes(
    redis,
    wanted.map(({ photo }) => keys.photo(change.album, photo)),
    { name: 1024, status: 64 },
  )
  const steps: Step[] = []
  let skipped = 0
  for (const [i, { photo, to, from }] of wanted.entries()) {
    const [name = null, now = null] = rows[i] ?? []
    if (name === null) skipped++
    else if (context.mode !== 'free' && from !== undefined && (from ?? '') !== (now ?? ''))
      throw new GalleryError('CONFLICT', 'changedMeanwhile')
    else if (to !== (now ?? '')) steps.push({ photo, to, now: now ?? '' })
  }
  if (context.mode !== 'free' && skipped > 0) throw new GalleryError('CONFLICT', 'changedMeanwhile')
  return { steps, skipped }
}

const send = async ({ session, act }: ChangeContext, album: string, steps: Step[]) => {
  const values = steps.map(({ photo, to }) => `${photo}=${to}`)
  const request = await ask(session, { what: 'status', album, act, values })
  const isDone = await answered(session, request).catch((error: unknown) => {
    throw hasCode(error, 'CONFLICT') ? new GalleryError('FORBIDDEN', 'statusRefused') : error
  })
  if (!isDone) throw new GalleryError('UNAVAILABLE', 'statusWaits')
}

/** Has an administrator's session set statuses for the caller (carry-status.ts). */
const askForStatus = async (context: ChangeContext, change: Edit): Promise<Changed> => {
  const { album, values } = change
  const known = new Set((await readStatuses(context.session)).map(({ id }) => id))
  const unknown = values.find(({ to }) => to !== null && !known.has(to))
  if (unknown) throw new GalleryError('INVALID', 'badStatus', { value: unknown.to ?? '' })
  const { steps, skipped } = await stepsOf(context, change)
  if (context.mode === 'check' || steps.length === 0) return done(0, skipped, [])
  for (const some of chunksOf(steps, maxPhotosPerWish)) await send(context, album, some)
  const asked = new Set(values.map(({ photo }) => photo))
  const undo = steps.map(({ photo, to, now }) => ({ photo, to: now || null, from: to || null }))
  return done(steps.filter(({ photo }) => asked.has(photo)).length, skipped, [
    { kind: 'edit', album, field: 'status', values: undo, alone: true },
  ])
}

/**
 * Sets one of the fields that users enter. Where Redis refuses a status to an account, and the gallery lets those who may comment set
 * statuses, an administrator's session is asked to do so.
 */
export const editOrAsk = async (context: ChangeContext, change: Edit): Promise<Changed> => {
  try {
    return await editPhotos(context, change)
  } catch (thrown) {
    const error = fromRedis(thrown)
    if (change.field !== 'status' || !hasCode(error, 'FORBIDDEN')) throw error
    if ((await readStatusSetters(context.session)) !== 'comment') throw error
    return askForStatus(context, change)
  }
}
