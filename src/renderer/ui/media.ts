import { MediaQuery } from 'svelte/reactivity'

// Styles tell the same widths: a media query cannot have them from a variable.

/** So narrow a window has a bar at its lower edge, as phones do, and one column of everything. */
export const isPhone = new MediaQuery('max-width: 599px')
/** So narrow a window has no room for the sections of the settings beside a page of them. */
export const isTight = new MediaQuery('max-width: 800px')
/** A finger points: most likely a phone or a tablet. */
export const isTouched = new MediaQuery('pointer: coarse')
/** In so narrow a window the sidebar leaves the photos no room: it is a drawer over them. */
export const isNarrow = new MediaQuery('max-width: 899px')
