import { z } from 'zod'
import {
  AdjustmentText,
  Flag,
  Label,
  Rating,
  type Change,
  type Changed,
  type EditField,
} from '../../shared/schemas/change.ts'
import { StatusId } from '../../shared/schemas/status.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { maxPhotosPerCall } from '../../shared/domain/limits.ts'
import { GalleryError } from '../../shared/errors.ts'
import { isRank } from '../photos/manual-order.ts'
import { behindOf } from '../stacks/stack-record.ts'
import type { TextId } from '../../shared/i18n/text.ts'
import { readDates } from '../photos/photos.ts'
import { callFunction } from '../redis/call-function.ts'
import { dateOf, timeOf } from '../photos/photo-dates.ts'
import type { Session } from '../gallery/session.ts'
import { done, scriptArgs, type ChangeContext } from './change-context.ts'

const text = (most: number, controls: RegExp) => z.string().max(most).regex(controls)

/** What each field may hold, besides nothing. */
const fields: Record<EditField, z.ZodType<string>> = {
  title: text(200, /^\P{Cc}*$/u),
  caption: text(10_000, /^[\P{Cc}\n\t]*$/u),
  rating: Rating,
  flag: Flag,
  label: Label,
  status: StatusId,
  dated: z.iso.datetime({ offset: true, local: false }),
  rank: z.string().refine(isRank),
  adjust: AdjustmentText,
}

const check = (field: EditField, value: string | null) => {
  const clean = value === null ? '' : value.normalize('NFC').trim()
  if (clean !== '' && !fields[field].safeParse(clean).success)
    throw new GalleryError('INVALID', refusals[field], { value: clean.slice(0, 40) })
  return clean
}

const refusals: Record<EditField, TextId> = {
  title: 'badTitle',
  caption: 'badCaption',
  rating: 'badRating',
  flag: 'badFlag',
  label: 'badLabel',
  status: 'badStatus',
  dated: 'badDated',
  rank: 'badRank',
  adjust: 'badAdjustment',
}

/**
 * What stood in a field, as far as it can be entered again: a member who may modify an album can write anything there by hand.
 */
const enterable = (field: EditField, former: string | undefined) =>
  former && fields[field].safeParse(former).success ? former : null

type Edit = Extract<Change, { kind: 'edit' }>
type Shift = Extract<Change, { kind: 'shift' }>

/** The scores of photos by time, in milliseconds, once they have these dates. */
const timesFor = async (session: Session, album: string, values: { photo: string; to: string }[]) => {
  const photos = values.map(({ photo }) => photo)
  const dates = await readDates(session, album, photos)
  return values.map(({ to }, i) => timeOf({ ...dates[i], dated: to }))
}

/**
 * Where dates are removed, the photos behind fall back to dates of their own: they are named too, so that each gets its time.
 */
const withBehind = async (
  session: Session,
  album: string,
  values: Edit['values'],
): Promise<Edit['values']> => {
  const removed = values.filter(({ to }) => !to?.trim()).map(({ photo }) => photo)
  const named = new Set(values.map(({ photo }) => photo))
  const behind = (await behindOf(session, album, removed)).flat().filter(({ id }) => !named.has(id))
  return [...values, ...behind.map(({ id }) => ({ photo: id, to: null }))]
}

/** Sets one of the fields that users enter. INVALID for a value that it may not hold. */
export const editPhotos = async (
  context: ChangeContext,
  { album, field, values: asked, alone }: Edit,
): Promise<Changed> => {
  const { redis, keys, account } = context.session
  const values = field === 'dated' && !alone ? await withBehind(context.session, album, asked) : asked
  const wanted = values.map(({ photo, to, from }) => ({ photo, to: check(field, to), from }))
  const times = field === 'dated' ? await timesFor(context.session, album, wanted) : []
  const first = wanted[0]?.to ?? ''
  const common = wanted.every(({ to }) => to === first) ? first : ''
  const touched = [
    keys.acts(account),
    ...[keys.albumPhotos(album), keys.photo(album), keys.albumTag(album), keys.albumEvents(album)],
    keys.albumBehind(album),
  ]
  const rows = wanted.flatMap(({ photo, to, from }, i) => [
    photo,
    to,
    from === undefined ? '' : `=${from ?? ''}`,
    times[i] ?? '',
  ])
  const args = [...scriptArgs(context), field, common, alone ? 'alone' : '', ...rows]
  const reply = await callFunction(redis, 'edit-photos', touched, args)
  const undo = Array.from({ length: (reply.length - 1) / 3 }, (_, i) => ({
    photo: reply[3 * i] ?? '',
    to: enterable(field, reply[3 * i + 1]),
    from: reply[3 * i + 2] || null,
  }))
  const ids = new Set(asked.map(({ photo }) => photo))
  return done(
    undo.filter(({ photo }) => ids.has(photo)).length,
    Number(reply.at(-1)),
    chunksOf(undo, maxPhotosPerCall).map((some) => ({
      kind: 'edit',
      album,
      field,
      values: some,
      alone: true,
    })),
  )
}

/** A time by the clock where the photo was taken, so many minutes later. */
const shifted = (iso: string, minutes: number): string => {
  const wall = new Date(Date.parse(`${iso.slice(0, 19)}Z`) + minutes * 60_000)
  if (Number.isNaN(wall.getTime()) || wall.getUTCFullYear() < 1 || wall.getUTCFullYear() > 9999)
    throw new GalleryError('INVALID', 'dateOutOfRange')
  return `${wall.toISOString().slice(0, 19)}${iso.slice(19)}`
}

/** A date with time of day; where its zone is unknown with that by which the photo has its position. */
const wholeDate = (date: string | null, guessed: string | null) => {
  const told = dateOf(date)
  if (told === null || !told.includes('T')) return null
  const [clock = '', zone = ''] = told.split(/(?=Z$|[+-]\d\d:\d\d$)/)
  return `${clock}${clock.length === 16 ? ':00' : ''}${zone || guessed || 'Z'}`
}

/** Shifts the dates taken. Photos without a time of day stay as they are. */
export const shiftDates = async (
  context: ChangeContext,
  { album, photos, minutes }: Shift,
): Promise<Changed> => {
  const dates = await readDates(context.session, album, photos)
  const values = photos.flatMap((photo, i) => {
    const { dated = null, taken = null, guessed = null } = dates[i] ?? {}
    const now = dated || wholeDate(taken, guessed)
    return now ? [{ photo, to: shifted(now, minutes), from: dated ?? null }] : []
  })
  if (values.length === 0) return done(0, photos.length, [])
  const changed = await editPhotos(context, { kind: 'edit', album, field: 'dated', values })
  return { ...changed, skipped: photos.length - changed.changed }
}
