import type { OwnChoice } from './own-choice.svelte.ts'

/** What the visitor chooses, where their link asks for it: set by the bar that tells of it, which comes later than the photos. */
export const choosing = $state<{ own: OwnChoice | null }>({ own: null })
