import { mount, unmount } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import { on } from 'svelte/events'
import Tooltip from './Tooltip.svelte'

/** So long the pointer or the keyboard rests on something until its tooltip shows, in milliseconds. */
const showDelayMs = 500

let shown = 0

/** Draws the tooltip of an element, and returns the way to take it away. What it says besides the name is heard too. */
const show = (element: HTMLElement, text: string, keys: string) => {
  const id = `tooltip-${++shown}`
  // What is outside of an open dialog is not heard.
  const target = element.closest('dialog') ?? document.body
  const tooltip = mount(Tooltip, { target, props: { id, anchor: element, text, keys } })
  const named = element.ariaLabel ?? element.textContent.trim()
  if (text !== named) element.setAttribute('aria-describedby', id)
  return () => {
    if (element.getAttribute('aria-describedby') === id) element.removeAttribute('aria-describedby')
    void unmount(tooltip)
  }
}

/**
 * The tooltip of an element, as an attachment: seen while the pointer rests on it, or the keyboard is there. Without a text
 * there is none. `keys` are those that do the same, as people know them: `Ctrl+Z`.
 */
export const tip =
  (text: () => string | null | undefined, keys: () => string = () => ''): Attachment<HTMLElement> =>
  (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let hide: (() => void) | undefined
    const away = () => {
      clearTimeout(timer)
      hide?.()
      hide = undefined
    }
    const soon = () => {
      away()
      timer = setTimeout(() => {
        const says = text()
        if (says) hide = show(element, says, keys())
      }, showDelayMs)
    }
    const stops = [
      on(element, 'pointerenter', (event) => event.pointerType !== 'touch' && soon()),
      on(element, 'focus', () => element.matches(':focus-visible') && soon()),
      on(element, 'pointerleave', away),
      on(element, 'pointerdown', away),
      on(element, 'blur', away),
      on(element, 'keydown', ({ key }) => key === 'Escape' && away()),
    ]
    return () => {
      for (const stop of stops) stop()
      away()
    }
  }
