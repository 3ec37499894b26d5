import { z } from 'zod'
import {
  maxStatuses,
  maxStatusName,
  statusColours,
  statusSetters,
  statusIdForm,
  usualStatusIds,
} from '../domain/statuses.ts'

/** What photos keep of their status. */
export const StatusId = z.string().regex(statusIdForm, 'is not the id of a status')

const StatusName = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .max(maxStatusName)
      .regex(/^\P{Cc}*$/u, 'may not hold control characters'),
  )

/** A place in the work on a photo, as the gallery has it. */
export const Status = z.object({
  /** `none` is what filters call photos without one. */
  id: StatusId.refine((id) => id !== 'none', 'cannot be called so'),
  /** Empty of a usual one that was not renamed: each window says it in its own language. */
  name: StatusName,
  colour: z.enum(statusColours),
})

const isUsual = (id: string) => (usualStatusIds as readonly string[]).includes(id)

const isUnique = (values: string[]) => new Set(values).size === values.length

/** All of a gallery, in their order. Ids and names differ. */
export const Statuses = z
  .array(Status)
  .max(maxStatuses)
  .refine((all) => isUnique(all.map(({ id }) => id)), 'has an id twice')
  .refine((all) => all.every(({ id, name }) => name !== '' || isUsual(id)), 'has one without a name')
  .refine(
    (all) => isUnique(all.flatMap(({ name }) => (name === '' ? [] : [name.toLowerCase()]))),
    'has a name twice',
  )

/** Those that every gallery begins with. */
export const usualStatuses: Status[] = [
  { id: 'new', name: '', colour: 'grey' },
  { id: 'toEdit', name: '', colour: 'orange' },
  { id: 'edited', name: '', colour: 'blue' },
  { id: 'delivered', name: '', colour: 'green' },
]

/** What photos are to have that have a status now which goes: another one, or none. */
export const StatusReplacement = z.object({ from: StatusId, to: StatusId.nullable() })

export const StatusSetters = z.enum(statusSetters)

export type StatusSetters = z.infer<typeof StatusSetters>
export type StatusReplacement = z.infer<typeof StatusReplacement>
export type Status = z.infer<typeof Status>
