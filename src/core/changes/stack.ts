import type { Change, Changed } from '../../shared/schemas/change.ts'
import { callFunction } from '../redis/call-function.ts'
import { done, scriptArgs, type ChangeContext } from './change-context.ts'

type Kind<K extends Change['kind']> = Extract<Change, { kind: K }>

/** The keys of the functions that make and undo stacks, in their order. */
const stackKeys = ({ session: { keys, account } }: ChangeContext, album: string) => [
  keys.acts(account),
  keys.albumPhotos(album),
  keys.albumBehind(album),
  keys.photo(album),
  keys.albumTag(album),
  keys.albumTags(album),
  keys.albumTagNames(album),
  keys.albumEvents(album),
]

interface NewBehind {
  id: string
  lead: string
  /** The lead until now; '' where it was a photo of its own. */
  former: string
}

/** What undoes a stack: all come from behind their new lead, and those that were a stack before are one again. */
const undoStack = (album: string, lead: string, rows: NewBehind[]): Change[] => {
  if (rows.length === 0) return []
  const former = Map.groupBy(
    rows.filter((row) => row.former !== ''),
    (row) => row.former,
  )
  return [
    { kind: 'unstack', album, lead, photos: rows.map(({ id }) => id) },
    ...[...former].map(([first, behind]): Change => ({
      kind: 'stack',
      album,
      lead: first,
      photos: behind.map(({ id }) => id),
    })),
  ]
}

/** Photos of an album that become one. */
export interface Stack {
  lead: string
  photos: string[]
}

/**
 * Makes stacks of an album in one step. `auto`: nobody asked for them, so that what a user took apart or entered something on
 * stays as it is.
 */
export const makeStacks = async (
  context: ChangeContext,
  album: string,
  stacks: Stack[],
  { auto = false } = {},
): Promise<NewBehind[]> => {
  const rows = stacks.flatMap(({ lead, photos }) => [lead, photos.length, ...photos])
  const args = [...scriptArgs(context), auto ? 'auto' : '', ...rows]
  const reply = await callFunction(context.session.redis, 'stack-photos', stackKeys(context, album), args)
  return Array.from({ length: reply.length / 3 }, (_, i) => ({
    id: reply[3 * i] ?? '',
    lead: reply[3 * i + 1] ?? '',
    former: reply[3 * i + 2] ?? '',
  }))
}

/**
 * Makes several photos of an album one, of which `lead` shows.
 *
 * @throws INVALID where they are too many
 */
export const stackPhotos = async (
  context: ChangeContext,
  { album, lead, photos }: Kind<'stack'>,
): Promise<Changed> => {
  const rows = await makeStacks(context, album, [{ lead, photos }])
  const gone = new Set(rows.map(({ id }) => id))
  const skipped = context.mode === 'check' ? 0 : photos.filter((id) => id !== lead && !gone.has(id)).length
  return done(rows.filter(({ former }) => former === '').length, skipped, undoStack(album, lead, rows))
}

/** Takes photos from behind another one. */
export const unstackPhotos = async (
  context: ChangeContext,
  { album, lead, photos }: Kind<'unstack'>,
): Promise<Changed> => {
  const args = [...scriptArgs(context), lead, ...photos]
  const ids = await callFunction(context.session.redis, 'unstack-photos', stackKeys(context, album), args)
  return done(
    ids.length,
    context.mode === 'check' ? 0 : photos.length - ids.length,
    ids.length > 0 ? [{ kind: 'stack', album, lead, photos: ids }] : [],
  )
}

/** Lets a photo that is behind another one show in its place. */
export const leadStack = async (context: ChangeContext, { album, photo }: Kind<'lead'>): Promise<Changed> => {
  const { session } = context
  const touched = [...stackKeys(context, album), session.keys.albumInfo(album)]
  const args = [...scriptArgs(context), photo]
  const former = await callFunction(session.redis, 'lead-stack', touched, args)
  if (former === '') return done(0, context.mode === 'check' ? 0 : 1, [])
  return done(1, 0, [{ kind: 'lead', album, photo: former }])
}
