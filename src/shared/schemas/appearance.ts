import { z } from 'zod'
import { languages, themes } from '../domain/appearance.ts'

/** How the program shows itself on one computer. A language of null is the system's. */
export const Appearance = z.object({
  language: z.enum(languages).nullable(),
  theme: z.enum(themes),
})

export type Appearance = z.infer<typeof Appearance>
