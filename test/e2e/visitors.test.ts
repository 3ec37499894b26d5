import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPage } from '../support/browser.ts'
import { drawPhotos } from '../support/pictures/photos.ts'
import { isInstalled, proxies, startProxy } from '../support/proxies.ts'
import { startServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { cell, titleAt } from '../support/window.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** Makes a link to an album in the window, which tells of it where it is passed on. */
const makeLink = async (page: Page, album: string) => {
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Links', exact: true }).click()
  await page.getByRole('button', { name: 'New link…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Album').first().selectOption({ label: album })
  await dialog.getByRole('button', { name: 'Make link' }).click()
  await dialog.getByRole('checkbox', { name: 'Show title and cover' }).check()
  await dialog.getByRole('img', { name: 'The link as a code' }).waitFor()
  await dialog.getByText('works only on this computer').waitFor()
  const link = await dialog.getByRole('textbox', { name: 'Links' }).inputValue()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  return link
}

for (const proxy of proxies)
  test.skipIf(!isInstalled(proxy))(
    `below a path behind ${proxy}, where that is installed, a visitor of a link sees its album on a phone and nothing around it, until the link ends`,
    { timeout: 240_000 },
    async () => {
      const root = temporaryFolder()
      await drawPhotos(join(root, '2024', 'Corsica'), 6)
      await drawPhotos(join(root, 'Studio'), 2, 500)
      const trusting = ['--base', '/gallery', '--trusted-proxies', '127.0.0.1,::1']
      const server = await startServer(['--watch', root, ...trusting])
      const front = await startProxy(proxy, server.origin)
      const owner = await openPage()
      await owner.goto(server.link.replace(server.origin, front))
      await owner.getByText('8 photos').first().waitFor({ timeout: 100_000 })
      const [cookie] = await owner.context().cookies()
      expect(cookie).toMatchObject({ path: '/gallery/', httpOnly: true })
      const used = await fetch(server.link.replace(server.origin, front))
      expect([used.status, await used.text()]).toEqual([410, expect.stringMatching(/was used already/)])

      const link = await makeLink(owner, '2024/Corsica')
      expect(link.startsWith(`${front}/gallery/s/`)).toBe(true)
      const html = await (await fetch(link)).text()
      expect(html).toContain('<meta property="og:title" content="Corsica" />')
      expect(html).toContain(`<meta property="og:image" content="${link}/picture" />`)
      expect((await fetch(`${link}/picture`)).headers.get('content-type')).toMatch(/^image/)

      const visitor = await openPage(phone)
      const referers: string[] = []
      visitor.on('request', (request) => referers.push(request.headers()['referer'] ?? ''))
      await visitor.goto(link)
      await visitor.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
      await visitor.getByText('6 photos').waitFor()
      await visitor.getByRole('button', { name: 'Download all' }).waitFor()
      expect(await visitor.getByRole('navigation').count()).toBe(0)
      expect(await visitor.getByText('Studio').count()).toBe(0)
      const secret = link.slice(-22)
      expect([visitor.url(), ...referers].filter((address) => address.includes(secret))).toEqual([])
      const title = await titleAt(visitor, 1)
      await cell(visitor, 1).tap()
      await visitor.getByRole('heading', { level: 1, name: title }).waitFor()
      await visitor.getByRole('button', { name: 'Back' }).first().tap()

      const cut = await openPage(phone)
      await cut.goto(link.slice(0, -1))
      await cut.getByRole('heading', { name: 'This link is not whole' }).waitFor()
      await owner.getByRole('button', { name: 'Groups', exact: true }).click()
      await owner.getByRole('button', { name: 'Links', exact: true }).click()
      await owner.getByText('opened 1 time, last on').waitFor()
      await owner.getByRole('button', { name: 'End link' }).click()
      await visitor.getByRole('heading', { name: 'This link has ended' }).waitFor()
      await cut.goto(link)
      await cut.getByRole('heading', { name: 'This link leads nowhere' }).waitFor()
    },
  )
