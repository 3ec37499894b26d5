import type { Page } from 'playwright-core'

/** What can be pressed, as far as it is seen. */
const pressed =
  'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=treeitem], [role=option], [role^=menuitem], [role=tab], [role=checkbox], [role=switch], [role=radio]'

/** Smallest side of what is pressed, in CSS pixels (WCAG 2.2, 2.5.8). */
const leastPx = 24

/** What is seen of a page and smaller than a finger or an unsteady hand needs, with its size; a tick box is as large as its label. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(
    ([selector, least]) => {
      const seen = (element: Element) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        element.closest('[inert], .only-heard') === null
      return [...document.querySelectorAll(selector)].filter(seen).flatMap((element) => {
        const label = element.matches('[type=checkbox], [type=radio]') ? element.closest('label') : null
        const { width, height } = (label ?? element).getBoundingClientRect()
        if (width === 0 || (width >= least - 0.5 && height >= least - 0.5)) return []
        // A link within a sentence is as high as its line.
        if (element.matches('p a')) return []
        const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)
        return [`${element.tagName.toLowerCase()} “${name}”: ${Math.round(width)} × ${Math.round(height)}`]
      })
    },
    [pressed, leastPx] as const,
  )

/** What can be pressed and lies beyond the sides of the window, where no scrolling leads; and whether the page itself is too wide. */
export const beyondSides = (page: Page): Promise<string[]> =>
  page.evaluate((selector) => {
    const scrolls = (element: Element): boolean => {
      for (let at = element.parentElement; at; at = at.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth)
          return true
      return false
    }
    const outside = [...document.querySelectorAll(selector)].flatMap((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      const isOut = width > 0 && (left < -1 || right > window.innerWidth + 1)
      if (!isOut || !element.checkVisibility({ visibilityProperty: true }) || scrolls(element)) return []
      if (element.closest('[inert], .only-heard, .drawer:not(.open)')) return []
      return [
        `“${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)}” at ${Math.round(left)}–${Math.round(right)}`,
      ]
    })
    const wide =
      document.documentElement.scrollWidth > window.innerWidth ? ['the page is wider than its window'] : []
    return [...outside, ...wide]
  }, pressed)
