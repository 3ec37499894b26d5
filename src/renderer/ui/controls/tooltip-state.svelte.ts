import { on } from 'svelte/events'

/** So long the pointer rests on something until its tooltip shows, in milliseconds. */
const showDelayMs = 500

/** Whether the tooltip of one element is seen: while the pointer rests on it, or the keyboard is there. */
export class TooltipState {
  #anchor = $state.raw<HTMLElement | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  /** The element whose tooltip is seen now; null while none is. */
  get anchor() {
    return this.#anchor
  }

  /** Follows an element, as an attachment. */
  readonly follow = (element: HTMLElement) => {
    const soon = () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => (this.#anchor = element), showDelayMs)
    }
    const stops = [
      on(element, 'pointerenter', soon),
      on(element, 'focus', () => element.matches(':focus-visible') && soon()),
      on(element, 'pointerleave', this.#hide),
      on(element, 'pointerdown', this.#hide),
      on(element, 'blur', this.#hide),
      on(element, 'keydown', ({ key }) => key === 'Escape' && this.#hide()),
    ]
    return () => {
      for (const stop of stops) stop()
      this.#hide()
    }
  }

  readonly #hide = () => {
    clearTimeout(this.#timer)
    this.#anchor = null
  }
}
