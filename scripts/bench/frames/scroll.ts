import type { Page } from 'playwright-core'

/** What the frames of a scroll took. */
export interface Frames {
  /** From one to the next, in milliseconds. */
  took: number[]
  /** Of a processor, by the page's process, in milliseconds. */
  used: number
}

/** A frame that takes longer than this is seen to stutter. */
export const slowMs = 33

const processTime = async (page: Page) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  await devtools.detach()
  return 1000 * (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN)
}

/** Scrolls the grid of a page for some seconds, by so many pixels each, or through all of it. */
export const scrollFor = async (page: Page, seconds: number, speed: number | 'all'): Promise<Frames> => {
  const before = await processTime(page)
  const took = await page.evaluate(
    ({ seconds, speed }) =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('[role=grid]') as HTMLElement
        const far = speed === 'all' ? grid.scrollHeight - grid.clientHeight : speed * seconds
        const took: number[] = []
        const begin = performance.now()
        let last = begin
        const step = (now: number) => {
          took.push(now - last)
          last = now
          const part = (now - begin) / (seconds * 1000)
          grid.scrollTop = part * far
          if (part < 1) requestAnimationFrame(step)
          else resolve(took.slice(1))
        }
        requestAnimationFrame(step)
      }),
    { seconds, speed },
  )
  return { took, used: (await processTime(page)) - before }
}

export const partSlow = ({ took }: Frames) => took.filter((one) => one > slowMs).length / took.length
