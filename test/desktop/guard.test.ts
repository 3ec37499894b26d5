import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { openDesktop } from './launch.ts'

/** A server of strangers, which must not hear of us. */
const startStranger = async () => {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(request.url ?? '')
    response.end('<h1>Elsewhere</h1>')
  })
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const open = async () => {
  const desktop = await openDesktop({ home: temporaryFolder() })
  const page = await desktop.page()
  const refused = (url: string) =>
    expect.poll(() => desktop.told('refused').map((one) => one['url'])).toContain(url)
  return { desktop, page, refused }
}

const click = (page: Page, attributes: Record<string, string>) =>
  page.evaluate((all) => {
    const link = Object.assign(document.createElement('a'), all)
    document.body.append(link)
    link.click()
  }, attributes)

/** Lets the page load whatever the rest of the program does not refuse. */
const withoutPolicy = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setBypassCSP', { enabled: true })
  await page.reload()
}

/** What of a stranger's server fails to load: all of it. */
const expectNothingLoaded = async (page: Page, stranger: Awaited<ReturnType<typeof startStranger>>) => {
  const failures = await page.evaluate(async (url) => {
    const image = new Image()
    const imageFailed = new Promise((resolve) => (image.onerror = () => resolve('image')))
    image.src = `${url}/image`
    return [await imageFailed, await fetch(`${url}/fetch`, { mode: 'no-cors' }).catch(() => 'fetch')]
  }, stranger.url)
  expect(failures).toEqual(['image', 'fetch'])
  expect(stranger.heard).toEqual([])
}

test('nothing is loaded from elsewhere without the policy of the page either', async () => {
  const stranger = await startStranger()
  const { page, refused } = await open()
  await withoutPolicy(page)
  await expectNothingLoaded(page, stranger)
  await refused(`${stranger.url}/fetch`)
})

describe('in one app,', () => {
  const opened = shared(open)

  test('the page goes nowhere else', async () => {
    const stranger = await startStranger()
    const { page, refused } = opened()
    const before = page.url()
    await page.evaluate((url) => location.assign(`${url}/assign`), stranger.url)
    await refused(`${stranger.url}/assign`)
    await click(page, { href: `${stranger.url}/link` })
    await refused(`${stranger.url}/link`)
    await click(page, { href: '/another/page' })
    await refused('cimaise://app/another/page')
    expect(page.url()).toBe(before)
    expect(stranger.heard).toEqual([])
  })

  test('the page opens no other window', async () => {
    const stranger = await startStranger()
    const { page, desktop, refused } = opened()
    expect(await page.evaluate((url) => window.open(`${url}/popup`), stranger.url)).toBeNull()
    await refused(`a window for ${stranger.url}/popup`)
    expect(await desktop.wish('windows')).toHaveLength(1)
    expect(stranger.heard).toEqual([])
  })

  test('the page gets no permission but to fill the screen, and saves no file', async () => {
    const { desktop, page, refused } = opened()
    for (const permission of ['geolocation', 'notifications', 'media', 'clipboard-read'])
      expect(await desktop.wish('ask for permission', permission)).toBe(false)
    expect(await desktop.wish('ask for permission', 'fullscreen')).toBe(true)
    await click(page, { href: '/index.html', download: 'page.html' })
    await refused('cimaise://app/index.html')
  })

  test('nothing is loaded from elsewhere, by the policy of the page', async () => {
    await expectNothingLoaded(opened().page, await startStranger())
  })

  test('the page has one door to the desktop, and none to Node or Electron', async () => {
    const { page } = opened()
    const doors = await page.evaluate(() => ({
      desktop: Object.keys((window as { desktop?: object }).desktop ?? {}),
      others: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    }))
    expect(doors).toEqual({ desktop: ['pathForFile'], others: [] })
  })

  test('the preload forwards one port of its own window and nothing else', async () => {
    const { desktop, page } = opened()
    await page.evaluate(() => {
      window.postMessage('rpc:port', '*')
      window.postMessage('another:port', '*', [new MessageChannel().port1])
    })
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
    expect(await desktop.wish('windows')).toMatchObject([{ openPorts: 1 }])
  })
})
