import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { openWindow } from '../support/window.ts'

afterAll(closeBrowser)

/** Everything that is kept in this browser, as paths by where it is kept. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys()
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return names.map((name, i) => ({
      name: name.replace(/:.*/, ''),
      paths: (lists[i] ?? []).map(({ url }) => new URL(url).pathname),
    }))
  })

const thumbs = async (page: Page) =>
  (await kept(page)).flatMap(({ name, paths }) => (name === 'cimaise-thumbs' ? paths : []))

test('the page and the thumbnails that were seen are kept, no answer of the gallery is, and logging out forgets them', async () => {
  const { page } = await openWindow(6, { serviceWorkers: 'allow' })
  await page.locator('#cell-0').dblclick()
  await page.locator('img.original').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(async () => (await thumbs(page)).length).toBe(8)
  for (const { paths } of await kept(page))
    for (const path of paths) expect(path).toMatch(/^\/$|^\/assets\/|^\/thumb\/[0-9a-f]{64}$/)
  await page.context().setOffline(true)
  await page.getByText('You are offline').waitFor()
  await page.reload()
  await page.getByText('You are offline').waitFor()
  await page.context().setOffline(false)
  await page.getByText('8 photos').first().waitFor()
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('button', { name: 'Log in' }).first().waitFor()
  expect(await thumbs(page)).toEqual([])
})
