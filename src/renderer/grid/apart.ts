import { on } from 'svelte/events'

const gestures = ['touchstart', 'touchmove', 'touchend'] as const
const events = ['pointerdown', 'click', 'dblclick', 'keydown', 'contextmenu'] as const

/** Keeps what is done to an element from the grid around it: as an attachment. */
export const apart = (element: HTMLElement) => {
  const stop = (event: Event) => event.stopPropagation()
  for (const gesture of gestures) element.addEventListener(gesture, stop)
  const stops = events.map((event) => on(element, event, stop))
  return () => {
    for (const gesture of gestures) element.removeEventListener(gesture, stop)
    for (const end of stops) end()
  }
}
