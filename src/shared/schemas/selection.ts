import { z } from 'zod'
import { maxCommentLength } from '../domain/limits.ts'
import { chosenForm, maxSelection, maxVisitorName } from '../domain/visitor-answers.ts'
import { AlbumId, PhotoId, ShareName } from './ids.ts'

/** Plain text without blanks around it; empty: none. */
const words = (most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim())
    .pipe(
      z
        .string()
        .max(most, 'is too long')
        .refine((text) => !/[^\P{Cc}\n]/u.test(text), 'holds characters that are not seen'),
    )

/** What a visitor says of a photo that they chose, or of the whole. */
export const PickWords = words(maxCommentLength)

/** The name that a visitor gives: one line. */
export const VisitorName = words(maxVisitorName).pipe(z.string().regex(/^[^\n]*$/))

/** By whom photos were chosen: `any`, `all`, or a link (shared/domain/visitor-answers.ts). */
export const ChosenBy = z.string().regex(chosenForm, 'is nobody who chooses')

/** A photo that was chosen. */
const Pick = z.object({ photo: PhotoId, words: z.string() })

/** What the visitors of a link have chosen, and what they say of it. */
const Chosen = z.object({
  /** As they call themselves; empty before they have said. */
  name: z.string(),
  note: z.string(),
  /** ISO 8601: since when they say that it is done; null where it is not. */
  done: z.string().nullable(),
  /** How many they may choose. */
  most: z.number().int().min(1).max(maxSelection),
  /** Nothing of it can be changed by them. */
  closed: z.boolean(),
  /** In the order in which they were chosen. */
  picks: z.array(Pick),
})

/** The list of the link by which the caller came. */
export const OwnList = Chosen

/** The list of one link, as accounts see it. */
export const ClientList = Chosen.extend({
  link: ShareName,
  /** Whom the link is for, as its maker wrote. */
  label: z.string(),
})

/** Who chose, in which album, and how many photos: nothing of which. */
export const Client = z.object({
  album: AlbumId,
  link: ShareName,
  /** As they call themselves, or whom the link is for; empty where neither is said. */
  name: z.string(),
  photos: z.number().int(),
})

export type Client = z.infer<typeof Client>
export type ChosenBy = z.infer<typeof ChosenBy>
export type OwnList = z.infer<typeof OwnList>
export type ClientList = z.infer<typeof ClientList>
