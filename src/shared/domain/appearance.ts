/** The languages that there are texts in, as BCP 47 tags. */
export const languages = ['en', 'fr'] as const

export const themes = ['system', 'light', 'dark'] as const

export type Language = (typeof languages)[number]
export type Theme = (typeof themes)[number]
