import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { chromiumPath, chromiumSwitches } from './chromium.ts'

let browser: Promise<Browser> | undefined

/** A page of its own context, which fails the test where the page logs an error. One Chromium serves a test file. */
export const openPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
  browser ??= chromium.launch({ executablePath: chromiumPath(), args: chromiumSwitches })
  const context = await (
    await browser
  ).newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    serviceWorkers: 'block', // what it keeps would hide what the server does
    ...options,
  })
  context.setDefaultTimeout(40_000)
  const page = await context.newPage()
  // A browser without a screen cancels its file dialog at once, unless it was told before that someone listens.
  page.on('filechooser', () => undefined)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      errors.push(message.text())
  })
  onTestFinished(async () => {
    await context.close()
    if (errors.length > 0) throw new Error(`the page said: ${errors.join('\n')}`)
  })
  return page
}

export const closeBrowser = async (): Promise<void> => {
  await (await browser)?.close()
  browser = undefined
}
