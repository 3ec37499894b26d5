import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { noteRequest } from '../../src/core/access/audit-log.ts'
import { checkHoldings } from '../../src/core/access/holding-limits.ts'
import { looks, seriousInAllLooks } from '../support/axe.ts'
import { closeBrowser, openPage } from '../support/browser.ts'
import { cimaiseWith, command } from '../support/cli.ts'
import { fillGallery } from '../support/accounts.ts'
import type { TestServer } from '../support/server.ts'
import { shared } from '../support/shared.ts'
import { cell, openAlbum, openWindow, serveWindow, sidebar, visit } from '../support/window.ts'

afterAll(closeBrowser)

const password = 'correct horse battery'

const openPane = async (page: Page, section = 'People') => {
  await page.getByRole('navigation', { name: 'Albums' }).getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByText(section, { exact: true }).click()
}

/** Logs in by the dialog as a user does. */
const logIn = async (server: TestServer, name: string, secret = password) => {
  const page = await openPage()
  await page.goto(server.origin)
  await page.getByRole('navigation').getByRole('button', { name: 'Log in' }).click()
  const dialog = page.getByRole('dialog', { name: 'Log in' })
  await dialog.getByLabel('Account').fill(name)
  await dialog.getByLabel('Password').fill(secret)
  await dialog.getByRole('button', { name: 'Log in' }).click()
  return page
}

const addAccount = (server: TestServer, name: string, ...more: string[]) =>
  cimaiseWith(`${password}\n`, server.env, 'account', 'add', name, ...more)

/** The control of a right in a list of albums or accounts. */
const choose = async (page: Page, row: string, level: string) => {
  const item = page.getByRole('listitem').filter({ hasText: row })
  await item.getByText(level, { exact: true }).click()
}

test('the whole life of an account in the settings pane', async () => {
  const { page, server } = await openWindow(4)
  await openPane(page)
  await page.getByRole('button', { name: 'New account…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New account' })
  await dialog.getByLabel('Name to log in with').fill('Ana')
  await dialog.getByText('A name has 1 to 32 lower-case letters').waitFor()
  await dialog.getByLabel('Name to log in with').fill('ana')
  await dialog.getByLabel('Name that others see').fill('Ana Silva')
  await dialog.getByLabel('New password').fill('password1')
  await dialog.getByText('among the first that anybody would try').waitFor()
  expect(await dialog.getByRole('button', { name: 'Create account' }).isDisabled()).toBe(true)
  await dialog.getByRole('button', { name: 'Generate' }).click()
  const generated = await dialog.getByLabel('New password').inputValue()
  expect(generated).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
  await dialog.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { level: 1, name: 'Ana Silva' }).waitFor()

  const ana = await logIn(server, 'ana', generated)
  await ana.getByRole('heading', { name: 'There is nothing here for you yet' }).waitFor()
  await choose(page, 'Corsica', 'Look')
  await page.getByText('Ana Silva will see “Corsica” (4 photos).').waitFor()
  await expect.poll(() => sidebar(ana)).toEqual(['Corsica 4'])
  await page.getByRole('button', { name: 'What Ana Silva sees' }).click()
  await page.getByRole('region', { name: 'What ana sees' }).getByText('1 album (4 photos)').waitFor()

  // A photo that is on screen goes with its album.
  await openAlbum(ana, 'Corsica')
  await cell(ana, 0).dblclick()
  await ana.locator('main.viewing').waitFor()
  await choose(page, 'Corsica', 'None')
  await page.getByText('Ana Silva will no longer see “Corsica” (4 photos).').waitFor()
  await page.getByRole('button', { name: 'Change rights' }).click()
  await expect.poll(() => sidebar(ana)).toEqual([])
  await expect.poll(() => ana.locator('main.viewing').count()).toBe(0)
  await expect.poll(() => ana.locator('img').count()).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => sidebar(ana)).toEqual(['Corsica 4'])

  await page.getByLabel('Disabled').check()
  await ana.getByRole('heading', { name: 'Nothing is shown to guests here' }).waitFor()
  await page.getByLabel('Disabled').uncheck()
  await page.getByRole('button', { name: 'Set password…' }).click()
  await page.getByRole('dialog').getByLabel('New password').fill(password)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('Ana Silva has a new password.').waitFor()
  const again = await logIn(server, 'ana')
  await expect.poll(() => sidebar(again)).toEqual(['Corsica 4'])

  await page.getByRole('button', { name: 'Delete account…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('heading', { level: 1, name: 'People' }).waitFor()
  await again.getByRole('heading', { name: 'Nothing is shown to guests here' }).waitFor()
  await page.getByRole('navigation', { name: 'Settings' }).getByText('Changes').click()
  await page.getByText('deleted the account ana').waitFor()
})

test('the matrix is worked by keyboard: a cell, a whole row, a whole column, and everything back', async () => {
  const { page, server } = await openWindow(4)
  await addAccount(server, 'ana', '--display-name', 'Ana')
  await addAccount(server, 'bob', '--display-name', 'Bob')
  await openPane(page, 'Who sees what')
  const grid = page.getByRole('grid', { name: 'Who sees what' })
  await grid.focus()
  const right = (name: string) =>
    grid.getByRole('gridcell', { name: new RegExp(`^${name}: `) }).getAttribute('aria-label')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('r')
  await expect.poll(() => right('Ana, Corsica')).toBe('Ana, Corsica: may look')
  await page.keyboard.press('Space')
  await expect.poll(() => right('Ana, Corsica')).toBe('Ana, Corsica: may comment')
  await page.keyboard.press('Space')
  await expect.poll(() => right('Ana, Corsica')).toBe('Ana, Corsica: may change')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Home')
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByText('Bob may change 2 albums (6 photos).').waitFor()
  await page.getByRole('button', { name: 'Change rights' }).click()
  await expect.poll(() => right('Bob, Studio')).toBe('Bob, Studio: may change')
  await grid.focus()
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowRight', 'ArrowRight'])
    await page.keyboard.press(key)
  await page.keyboard.press('n')
  await page.getByRole('dialog').getByText('Bob will no longer see “Studio” (2 photos).').waitFor()
  await page.getByRole('button', { name: 'Change rights' }).click()
  await expect.poll(() => right('Bob, Studio')).toBe('Bob, Studio: no right')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => right('Bob, Studio')).toBe('Bob, Studio: may change')
})

test('the matrix draws only what is seen of 200 accounts and 500 albums, and reaches the last cell', async () => {
  const { page, server } = await openWindow(2)
  const titles = Array.from({ length: 500 }, (_, n) => `Album ${String(n).padStart(3, '0')}`)
  const names = Array.from({ length: 200 }, (_, n) => `person-${String(n).padStart(3, '0')}`)
  const gallery = await openGallery({ env: server.env })
  await fillGallery(await gallery.self(), titles, names)
  await gallery.close()
  await openPane(page, 'Who sees what')
  const grid = page.getByRole('grid', { name: 'Who sees what' })
  await grid.getByRole('rowheader', { name: 'person-000' }).waitFor()
  await expect.poll(() => grid.getAttribute('aria-colcount')).toBe('503')
  expect(await grid.getByRole('gridcell').count()).toBeLessThan(2500)
  await grid.focus()
  await page.keyboard.press('End')
  for (let n = 0; n < 20; n++) await page.keyboard.press('PageDown')
  await page.keyboard.press('r')
  await page.getByText('person-199 will see “Studio” (2 photos).').waitFor()
  await page.getByLabel('Find a person or group').fill('person-150')
  await page.getByLabel('Find an album').fill('Album 4')
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2')
  expect(await grid.getAttribute('aria-colcount')).toBe('101')
})

describe('in one gallery, each with a person of its own,', () => {
  const served = shared(() => serveWindow(4))

  test('a share link that is made in the window opens its album for a visitor who has nothing but the link', async () => {
    const { page } = await visit(served())
    await openPane(page, 'Links')
    await page.getByRole('button', { name: 'New link…' }).click()
    await page.getByRole('dialog').getByLabel('Album').selectOption({ label: 'Studio' })
    await page.getByRole('dialog').getByLabel('Whom it is for').fill('Zoé')
    await page.getByRole('button', { name: 'Make link' }).click()
    const link = await page.getByRole('textbox', { name: 'Links' }).inputValue()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('button', { name: 'Change…' }).click()
    await page.getByRole('checkbox', { name: 'Camera, lens and exposure' }).check()
    await page.getByLabel('Visitors may download').selectOption({ label: 'Originals' })
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Zoé · camera data · originals').waitFor()
    const visitor = await openPage()
    await visitor.goto(link)
    await visitor.getByRole('heading', { level: 1, name: 'Studio' }).waitFor()
    await visitor.getByText('2 photos').waitFor()
    expect(new URL(visitor.url()).hash).toBe('')
    expect(await visitor.getByText('Corsica').count()).toBe(0)
    await page.getByRole('button', { name: 'End link' }).click()
    await visitor.getByRole('heading', { name: 'This link has ended' }).waitFor()
    const late = await openPage()
    await late.goto(link)
    await late.getByRole('heading', { name: 'This link leads nowhere' }).waitFor()
  })

  test('a member changes their own password, and an administrator signs a session out', async () => {
    const { page, server } = await visit(served())
    await addAccount(server, 'ana')
    const ana = await logIn(server, 'ana')
    await openPane(ana, 'My account')
    await ana.getByLabel('Current password').fill('not the one')
    await ana.getByLabel('New password').fill('seashells by the shore')
    await ana.getByRole('button', { name: 'Change password' }).click()
    await ana.getByText('The current password is not right.').waitFor()
    await ana.getByLabel('Current password').fill(password)
    await ana.getByRole('button', { name: 'Change password' }).click()
    await ana.getByText('Your password is changed.').waitFor()
    await openPane(page, 'Who is here')
    await page
      .getByRole('listitem')
      .filter({ hasText: 'ana' })
      .getByRole('button', { name: 'Sign out' })
      .click()
    await ana.getByRole('heading', { name: 'Nothing is shown to guests here' }).waitFor()
    const again = await logIn(server, 'ana', 'seashells by the shore')
    await again.getByRole('button', { name: 'Settings' }).waitFor()
  })

  test('an account that was set aside says why, and what it asked for again and again is one line', async () => {
    const { page, server } = await visit(served())
    await addAccount(server, 'carla', '--display-name', 'Carla')
    const gallery = await openGallery({ env: server.env })
    const owner = await gallery.self()
    for (let n = 0; n < 12; n++) await noteRequest(owner, 'carla', 'requests-dropped')
    await owner.redis.hset(owner.keys.library('carla', 'host'), 'path', 'x'.repeat(500_000))
    await checkHoldings(owner, {
      bytes: 400_000,
      linkBytes: 1e6,
      recordBytes: 1e6,
      streamEntries: 1e6,
      albums: 100,
    })
    await gallery.close()
    await openPane(page)
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Carla' })
      .getByText('Set aside: its own keys hold')
      .waitFor()
    expect((await command(server.env, 'account', 'list')).out).toMatch(
      /carla .*set aside: its own keys hold 1 MB/,
    )
    await page.getByRole('navigation', { name: 'Settings' }).getByText('Changes', { exact: true }).click()
    await page.getByText('Cimaise set Carla aside: its own keys hold').waitFor()
    await page.getByText('carla asked for more than is done for one account').getByText('12 times').waitFor()
    await page.getByRole('navigation', { name: 'Settings' }).getByText('People', { exact: true }).click()
    await page.getByRole('button', { name: /^Carla/ }).click()
    await page.getByRole('status').getByRole('button', { name: 'Enable again' }).click()
    await expect.poll(() => page.getByText('Set aside').count()).toBe(0)
    expect(await page.getByLabel('Disabled').isChecked()).toBe(false)
  })
})

test('a setting is found by its words; theme and language hold from then on, and the address of the view stays', async () => {
  const { page } = await openWindow(4)
  await openAlbum(page, 'Corsica')
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('DARK surfaces')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark')
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  expect(await scheme()).toBe('dark')
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Français')
  await page.getByRole('button', { name: 'Réglages' }).waitFor()
  await page.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
  expect(await scheme()).toBe('dark')
})

// Fourteen views in each look: on a loaded machine they take longer than any other test does.
const allSettingsLimitMs = 300_000

test(
  'axe finds nothing serious in any part of the settings, dark and light',
  { timeout: allSettingsLimitMs },
  async () => {
    const { page, server } = await openWindow(4, looks[0])
    await addAccount(server, 'ana', '--display-name', 'Ana')
    await command(server.env, 'group', 'create', 'family', 'ana')
    await command(server.env, 'account', 'grant', 'ana', 'Corsica', 'read')
    await openPane(page)
    const found: string[] = []
    const look = async (what: string) =>
      found.push(...(await seriousInAllLooks(page)).map((one) => `${what}: ${one}`))
    const sections = [
      'General',
      'Looking',
      'About',
      'People',
      'Groups',
      'Who sees what',
      'Album by album',
      'Links',
      'Who is here',
      'Changes',
    ]
    for (const section of [...sections, 'Redis', 'My account']) {
      await page.getByRole('navigation', { name: 'Settings' }).getByText(section, { exact: true }).click()
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      if (section === 'Redis') await page.getByRole('row', { name: /Primary/ }).waitFor()
      await look(section)
    }
    await page.getByRole('navigation', { name: 'Settings' }).getByText('People', { exact: true }).click()
    await page.getByRole('button', { name: /^Ana/ }).click()
    await page.getByRole('button', { name: 'What Ana sees' }).click()
    await look('an account')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New account…' }).click()
    await look('new account')
    expect(found).toEqual([])
  },
)
