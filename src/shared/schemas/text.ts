import { z } from 'zod'

const Blank: z.ZodType<string | number | Text> = z.union([z.string(), z.number(), z.lazy(() => Text)])

/**
 * A text by its id in the catalogue `errors` and what fills its blanks (i18n/text.ts). Ids are not listed here: a page of
 * another version may know others, and shows the English that comes along.
 */
export const Text = z.object({
  id: z.string(),
  blanks: z.record(z.string(), Blank).optional(),
})

export interface Text {
  id: string
  blanks?: Record<string, string | number | Text> | undefined
}
