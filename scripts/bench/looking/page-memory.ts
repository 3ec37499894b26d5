import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'

/** What a page holds. Bytes, but for the counts. */
export interface PageMemory {
  /** Of its process, as the system counts; 0 where it is not known. */
  process: number
  /** Objects of the page that are still used. */
  heap: number
  nodes: number
  listeners: number
}

const rendererOf = async (page: Page) => {
  const browser = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo } = (await browser?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] }
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return renderers.toSorted((a, b) => b.cpuTime - a.cpuTime)[0]?.id ?? 0
}

const residentOf = (pid: number) => {
  try {
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** What is there once rubbish is collected. */
const measure = async (devtools: CDPSession, pid: number): Promise<PageMemory> => {
  const process = residentOf(pid)
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return { process, heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

/** Weighs a page. `relieved`: after the browser was told that memory is short, so that it drops what it only keeps for later. */
export const weigh = async (page: Page) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const pid = await rendererOf(page)
  return {
    now: () => measure(devtools, pid),
    relieved: async () => {
      await devtools.send('Memory.simulatePressureNotification', { level: 'critical' })
      await page.waitForTimeout(3000)
      await devtools.send('HeapProfiler.collectGarbage')
      await page.waitForTimeout(1000)
      return measure(devtools, pid)
    },
  }
}
