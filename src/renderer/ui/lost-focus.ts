import { tick } from 'svelte'

/** An element takes the focus where what had it went as this came: keys go on from here, not from the top of the page. */
export const takeLostFocus = (element: HTMLElement) => {
  void tick().then(() => {
    if (document.activeElement === document.body) element.focus()
  })
}
