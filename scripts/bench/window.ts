import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser } from 'playwright-core'
import { chromiumPath, chromiumSwitches } from '../../test/support/chromium.ts'
import { median, ms, ratio, report, root, sized, withGallery, type BenchGallery } from './common.ts'
import { fillGallery } from './synthetic.ts'

const rounds = sized(5, 1)
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
  })
}

/** Time to the first thumbnail in a small and a large gallery. */
export const benchWindow = async () => {
  const browser = await launch()
  try {
    await measureWindow(browser)
  } finally {
    await browser.close()
  }
}
