import type { Page } from 'playwright-core'

/** What the page notes while it is measured. Times are milliseconds of its own clock. */
interface Noted {
  /** When a key or a double click came last. */
  input: number
  /** When pictures were first painted after they were put into the page, by what they are. */
  painted: { what: string; at: number }[]
}

declare global {
  interface Window {
    noted: Noted
  }
}

/**
 * Has the page note when a picture is painted: the browser's own time (Element Timing) of the frame. An image that comes into the page
 * before it is to be seen counts from when it is.
 */
export const watchPaints = (page: Page) =>
  page.addInitScript(() => {
    const noted: Noted = { input: 0, painted: [] }
    window.noted = noted
    for (const input of ['keydown', 'dblclick'] as const)
      window.addEventListener(input, ({ timeStamp }) => (noted.input = timeStamp), true)
    const name = (image: Element) => {
      const what = image.classList.contains('original') ? 'original' : image.classList[0]
      if (what && !image.classList.contains('coming')) image.setAttribute('elementtiming', what)
    }
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records)
        for (const node of [target, ...addedNodes])
          if (node instanceof Element)
            for (const image of [node, ...node.querySelectorAll('img')]) if (image.matches('img')) name(image)
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        identifier: string
        renderTime: number
      })[])
        noted.painted.push({ what: entry.identifier, at: entry.renderTime })
    }).observe({ type: 'element', buffered: true })
  })

/** Milliseconds from an input until a picture of this kind was painted. */
export const untilPainted = async (page: Page, what: string, input: () => Promise<void>): Promise<number> => {
  await page.evaluate(() => (window.noted.painted = []))
  await input()
  const found = await page.waitForFunction(
    (wanted) => {
      const { painted, input } = window.noted
      const paint = painted.find(({ what, at }) => what === wanted && at > input)
      return paint && { took: paint.at - input }
    },
    what,
    { polling: 'raf', timeout: 60_000 },
  )
  return (await found.jsonValue())?.took ?? Number.NaN
}
