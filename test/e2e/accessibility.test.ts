import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { seriousInAllLooks } from '../support/axe.ts'
import { closeBrowser, openPage } from '../support/browser.ts'
import { commandJson } from '../support/cli.ts'
import { drawPhoto } from '../support/pictures/photos.ts'
import { startServer } from '../support/server.ts'
import { shared } from '../support/shared.ts'
import { beyondSides, smallTargets } from '../support/targets.ts'
import { cell, openAlbum, selectRange, serveFolder, visit } from '../support/window.ts'

afterAll(closeBrowser)

const served = shared(() =>
  serveFolder(async (root) => {
    for (const [n, name] of ['Harbour', 'Lighthouse', 'Market', 'Pier', 'Sail', 'Square'].entries())
      await drawPhoto(join(root, 'Corsica', `${name}.jpg`), {
        hue: n * 40,
        place: [42 + n, 9],
        taken: `2024:05:0${n + 1} 10:00:00`,
      })
    return 6
  }),
)

const palette = async (page: Page, name: string) => {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog').getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
}

/** How each room of the window is entered, from an album. */
const rooms: Record<string, (page: Page) => Promise<void>> = {
  grid: (page) => selectRange(page, 0, 1),
  'info panel': async (page) => {
    await cell(page, 1).click()
    await page.keyboard.press('i')
    await page.getByRole('textbox', { name: 'Title' }).waitFor()
  },
  filter: async (page) => {
    await page.keyboard.press('Control+Shift+f')
    await page.getByRole('searchbox', { name: 'Words' }).waitFor()
  },
  viewer: async (page) => {
    await cell(page, 1).dblclick()
    await page.getByText('2 of 6').waitFor()
    await page.locator('img[src^="original/"]').waitFor()
  },
  comparison: async (page) => {
    await selectRange(page, 0, 1)
    await page.keyboard.press('c')
    await page.getByRole('region', { name: 'Compare' }).locator('figure').nth(1).waitFor()
  },
  map: async (page) => {
    await page.keyboard.press('w')
    await page.locator('canvas[data-drawn]').waitFor()
  },
  calendar: async (page) => {
    await palette(page, 'Calendar')
    await page.getByRole('dialog', { name: 'Calendar' }).waitFor()
  },
  bell: async (page) => {
    await cell(page, 0).click()
    await page.keyboard.press('4')
    await page.getByRole('button', { name: /^Notices|new notice/ }).click()
    await page.getByRole('dialog').waitFor()
  },
  activity: async (page) => {
    await page.getByRole('button', { name: 'Activity' }).click()
    await page.getByRole('complementary', { name: 'Activity' }).getByText(/added/).waitFor()
  },
  albums: async (page) => {
    await page.getByRole('button', { name: 'All albums' }).click()
    await page.getByRole('link', { name: /^Corsica/ }).waitFor()
  },
  'share dialog': async (page) => {
    await page.keyboard.press('Control+,')
    await page.getByRole('button', { name: 'Links', exact: true }).click()
    await page.getByRole('button', { name: 'New link…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Make link' }).waitFor()
  },
  settings: async (page) => {
    await page.keyboard.press('Control+,')
    await page.getByRole('combobox', { name: 'Language' }).waitFor()
  },
  keyboard: async (page) => {
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
  },
}

/** That a room can be used by everybody: what axe finds, what is pressed by hands that are not steady, and what is left of it at 200 %. */
const expectOpenToAll = async (page: Page) => {
  expect(await smallTargets(page)).toEqual([])
  expect(await seriousInAllLooks(page)).toEqual([])
  // 1280 × 900 at 200 %.
  await page.setViewportSize({ width: 640, height: 450 })
  await page.waitForFunction(() => window.innerWidth === 640)
  expect(await beyondSides(page)).toEqual([])
}

test.each(Object.entries(rooms))(
  'in the room %s axe finds nothing serious, what is pressed is 24 pixels large, and at twice the size nothing is lost',
  async (_, enter) => {
    const { page } = await visit(served())
    await openAlbum(page, 'Corsica')
    await page.locator('[role=grid]').focus()
    await enter(page)
    await expectOpenToAll(page)
  },
)

test('so it is on the first screen', async () => {
  const server = await startServer()
  const page = await openPage()
  await page.goto(server.link)
  await page.getByRole('heading', { name: 'Welcome to Cimaise' }).waitFor()
  await expectOpenToAll(page)
})

test('so it is on the page of a visitor', async () => {
  const { server } = served()
  const { link } = await commandJson<{ link: string }>(
    server.env,
    'share',
    'create',
    'Corsica',
    '--until',
    '2090-01-01',
    '--at',
    server.origin,
  )
  const page = await openPage()
  await page.goto(link)
  await cell(page, 5).waitFor()
  await expectOpenToAll(page)
})

test('by the keyboard alone: Tab goes through the window as it is read, and is never caught', async () => {
  const { page } = await visit(served())
  await openAlbum(page, 'Corsica')
  await page.locator('[role=grid]').focus()
  const where = () =>
    page.evaluate(() => {
      const at = document.activeElement
      if (!at || at === document.body) return 'window'
      return at.closest('nav[aria-label=Albums]')
        ? 'sidebar'
        : at.getAttribute('role') === 'grid'
          ? 'photos'
          : 'bar'
    })
  const passed: string[] = []
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab')
    const now = await where()
    if (passed.at(-1) !== now) passed.push(now)
  }
  const round = passed.join(' ')
  expect(round).toContain('sidebar bar photos')
})

test('what happened is said once: a live region has it, and no second one says the same', async () => {
  const { page } = await visit(served())
  await openAlbum(page, 'Corsica')
  const heard = await page.evaluateHandle(() => {
    const said: string[] = []
    const live = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest(
        '[aria-live], [role=status], [role=alert]',
      )
    new MutationObserver((changes) => {
      const regions = new Set(changes.map(({ target }) => live(target)).filter(Boolean))
      for (const region of regions) if (region?.textContent.trim()) said.push(region.textContent.trim())
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    return said
  })
  await selectRange(page, 0, 2)
  await page.keyboard.press('4')
  await page.getByText('Rated 3 photos').first().waitFor()
  const rated = async () => (await heard.jsonValue()).filter((text) => text.includes('Rated 3 photos')).length
  await expect.poll(rated).toBe(1)
})
