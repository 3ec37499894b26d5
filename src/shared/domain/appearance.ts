/** The languages that there are texts in, as BCP 47 tags: each has its folder in src/shared/messages. This is the one list of them. */
export const languages = ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja'] as const

export const themes = ['system', 'light', 'dark'] as const

export type Language = (typeof languages)[number]
export type Theme = (typeof themes)[number]
