import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumPath, chromiumSwitches } from '../../test/support/chromium.ts'
import { median, ms, ratio, report, root, sized, withGallery, type BenchGallery } from './common.ts'
import { fillGallery } from './synthetic.ts'

const rounds = sized(5, 1)
const scrollSeconds = sized(8, 2)
const [few, many] = [1000, sized(100_000, 5000)]

export const launch = () => chromium.launch({ executablePath: chromiumPath(), args: chromiumSwitches })

export const startServer = async (env: NodeJS.ProcessEnv, args: string[] = []) => {
  const child = spawn(process.execPath, [join(root, 'out/main/server.js'), '--port', '0', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /ready: (\S+)/.exec(line)?.[1]
    if (link) return { child, link }
  }
  throw new Error('the server did not start')
}

export const stop = async (child: ChildProcess) => {
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** From the start of the server's process until the first thumbnail is seen, in milliseconds. */
const firstThumb = async (browser: Browser, env: NodeJS.ProcessEnv) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const begin = performance.now()
  const { child, link } = await startServer(env)
  try {
    await page.goto(link)
    await page.waitForFunction(
      () =>
        [...document.images].some(
          (image) => image.src.includes('/thumb/') && image.complete && image.naturalWidth > 0,
        ),
      null,
      { polling: 'raf' },
    )
    return performance.now() - begin
  } finally {
    await page.close()
    await stop(child)
  }
}

/** Scrolls through the whole grid and answers how long each frame took, in milliseconds. */
const framesOfScroll = (page: Page) =>
  page.evaluate(
    (seconds) =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('[role=grid]') as HTMLElement
        const took: number[] = []
        const begin = performance.now()
        let last = begin
        const step = (now: number) => {
          took.push(now - last)
          last = now
          grid.scrollTop = ((now - begin) / (seconds * 1000)) * (grid.scrollHeight - grid.clientHeight)
          if (now - begin < seconds * 1000) requestAnimationFrame(step)
          else resolve(took.slice(1))
        }
        requestAnimationFrame(step)
      }),
    scrollSeconds,
  )

const scroll = async (browser: Browser, env: NodeJS.ProcessEnv) => {
  const { child, link } = await startServer(env)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  try {
    await page.goto(link)
    await page.getByRole('gridcell').first().waitFor()
    return await framesOfScroll(page)
  } finally {
    await page.close()
    await stop(child)
  }
}

const measure = async (browser: Browser, { env }: BenchGallery) => {
  await firstThumb(browser, env) // the first one warms Chromium up
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await firstThumb(browser, env))
  return median(times)
}

const measureWindow = async (browser: Browser) => {
  let small = Number.NaN
  await withGallery(async (bench) => {
    await fillGallery(await bench.gallery.self(), few)
    small = await measure(browser, bench)
    report(`start to first thumbnail, ${few} photos`, ms(small), `median of ${rounds}, Redis running`)
  })
  await withGallery(async (bench) => {
    await fillGallery(await bench.gallery.self(), many)
    const large = await measure(browser, bench)
    report(`start to first thumbnail, ${many} photos`, ms(large))
    report('  ratio (aim: hardly more than 1)', ratio(large / small))
    const frames = await scroll(browser, bench.env)
    const slow = frames.filter((took) => took > 33).length
    report(
      `scroll through ${many} in ${scrollSeconds} s: frames over 33 ms`,
      `${((100 * slow) / frames.length).toFixed(1)} %`,
      `${frames.length} frames, the longest ${ms(Math.max(...frames))}`,
    )
  })
}

/** Time to the first thumbnail in a small and a large gallery, and smoothness of scrolling through the latter. */
export const benchWindow = async () => {
  const browser = await launch()
  try {
    await measureWindow(browser)
  } finally {
    await browser.close()
  }
}
