import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { closeBrowser, openPage } from '../support/browser.ts'
import { clientLink, drawToSend } from '../support/client-link.ts'
import { shared } from '../support/shared.ts'
import { cell, serveTakingUploads, visit } from '../support/window.ts'
import { wordsOf, type Words } from '../support/words.ts'

afterAll(closeBrowser)

const served = shared(serveTakingUploads)

const screens = [
  {
    name: 'on a sharp screen, light',
    words: wordsOf('en'),
    options: {
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: 2,
      locale: 'en-GB',
      colorScheme: 'light',
    },
  },
  {
    name: 'in a narrow window in French, dark',
    words: wordsOf('fr'),
    options: { viewport: { width: 768, height: 900 }, locale: 'fr-FR', colorScheme: 'dark' },
  },
] as const

interface Keyboard extends Words {
  page: Page
  press: (...keys: string[]) => Promise<void>
  type: (text: string) => Promise<void>
  /** Tabs on until the focus is on what is called so. */
  tabTo: (name: string) => Promise<void>
}

/** More stops than any screen has. */
const mostTabs = 150

const keyboardOn = (page: Page, words: Words): Keyboard => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = document
      const label =
        activeElement?.ariaLabel ?? (activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent
      return (label ?? (activeElement as HTMLElement | null)?.innerText ?? '').trim()
    })
  const tabTo = async (name: string) => {
    const seen: string[] = []
    for (let n = 0; n < mostTabs; n++) {
      const now = await focused()
      if (now === name || now.startsWith(`${name} `)) return
      seen.push(now)
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${name}, but to ${[...new Set(seen)].join(', ')}`)
  }
  return { ...words, page, press, tabTo, type: (text) => page.keyboard.type(text) }
}

const photos = ({ page }: Keyboard, n: number) =>
  expect.poll(() => page.getByRole('gridcell').count()).toBe(n)

const open = async ({ page, press, type, say }: Keyboard, album: string) => {
  await press('/')
  await page.getByRole('combobox', { name: say('search') }).waitFor()
  await type(album.toLowerCase())
  await page.getByRole('option', { name: new RegExp(`^${album}`) }).waitFor()
  await press('ArrowDown', 'Enter')
  await page.getByRole('heading', { level: 1, name: album }).waitFor()
  await cell(page, 1).waitFor()
}

const look = async ({ page, press, say }: Keyboard) => {
  const viewer = page.getByRole('region', { name: say('viewer'), exact: true })
  const at = (n: number) => viewer.getByText(say('position', { n: String(n), total: '9' })).waitFor()
  await press('Home', 'Space')
  await at(1)
  await press('ArrowRight')
  await at(2)
  await press('z')
  await press('z', 'Shift+h', 'h', 'Shift+f')
  await viewer.getByRole('navigation', { name: say('filmstrip') }).waitFor()
  await press('Shift+h', 'h', 'Shift+f', '4')
  await at(3) // after a rating the next photo comes
  await press('ArrowLeft', '6', 's')
  await viewer.getByRole('button', { name: say('pauseSlides') }).waitFor({ state: 'attached' })
  await press('Escape', 'Escape')
  await viewer.waitFor({ state: 'detached' })
}

const organise = async (keyboard: Keyboard) => {
  const { page, press, type, say, count } = keyboard
  const select = async () => {
    await press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight')
    await expect.poll(() => page.getByRole('gridcell', { selected: true }).count()).toBe(3)
  }
  const undone = async () => {
    await press('ControlOrMeta+z')
    await photos(keyboard, 9)
  }
  const dialog = page.getByRole('dialog')
  const prints = `Prints ${page.viewportSize()?.width}`
  await select()
  await press('t')
  await dialog.getByRole('combobox').waitFor()
  await type('sea')
  await press('Enter')
  await keyboard.tabTo(say('saveTags', { photos: count('photos', 3) }))
  await press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await undone()
  for (const [typed, option] of [
    ['studio', /^Studio/],
    [prints, say('createAlbum', { title: prints })],
  ] as const) {
    await select()
    await press('m')
    await dialog.getByRole('combobox').waitFor()
    await type(typed)
    await page.getByRole('option', { name: option }).waitFor()
    await press('Enter')
    await photos(keyboard, 6)
    await undone()
  }
  await select()
  await press('Delete')
  await photos(keyboard, 6)
  await undone()
  await select()
  await press('c')
  await page.getByRole('button', { name: say('back') }).waitFor()
  await press('Escape')
  await photos(keyboard, 9)
}

const share = async ({ page, press, type, tabTo, say }: Keyboard) => {
  await press('ControlOrMeta+,')
  await page
    .getByRole('region', { name: say('settings') })
    .first()
    .waitFor()
  const isWide = await page.getByRole('navigation', { name: say('settings') }).isVisible()
  await press('Tab') // away from the pane itself, which is called so
  await tabTo(say(isWide ? 'links' : 'settings'))
  if (isWide) await press('Enter')
  else await type(say('links'))
  await tabTo(say('newLink'))
  await press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await tabTo(say('album'))
  await type('Corsica')
  await tabTo(say('makeLink'))
  await press('Enter')
  await dialog.getByRole('textbox', { name: say('links') }).waitFor()
}

test.each(screens)(
  '$name, by keys alone, a photographer looks, marks, moves, finds, compares, deletes, shares and takes it back',
  async ({ words, options }) => {
    const { page } = await visit(served(), options)
    const keyboard = keyboardOn(page, words)
    const { press, type, tabTo, say } = keyboard
    await open(keyboard, 'Corsica')
    await look(keyboard)
    await organise(keyboard)
    await press('ControlOrMeta+Shift+f')
    await tabTo(say('atLeast', { n: '4' }))
    await press('Enter')
    await photos(keyboard, 1)
    await press('Enter')
    await photos(keyboard, 9)
    await press('Escape', 'ControlOrMeta+f')
    await type('rating:4')
    await press('Enter')
    await photos(keyboard, 1)
    await open(keyboard, 'Studio')
    await share(keyboard)
  },
)

test.each(screens)(
  '$name, by keys alone, a visitor looks, chooses, comments, takes home and sends photos',
  async ({ words, options }) => {
    const link = await clientLink(served().server, 'Corsica')
    const page = await openPage(options)
    const { press, type, tabTo, say, count } = keyboardOn(page, words)
    await page.goto(link)
    const panel = page.getByRole('region', { name: say('uploadTo', { album: 'Corsica' }) })
    await panel.waitFor()
    await cell(page, 0).waitFor()
    await tabTo(say('close'))
    await press('Enter')
    await panel.waitFor({ state: 'detached' })
    await tabTo(say('uploadPhotos'))
    await press('Enter')
    await panel.waitFor()
    await tabTo(say('choosePhotos'))
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Enter')])
    await chooser.setFiles(await drawToSend(options.viewport.width))
    await page.getByText(count('uploadedPhotos', 1)).first().waitFor({ timeout: 60_000 })
    await tabTo(say('close'))
    await press('Enter')
    await panel.waitFor({ state: 'detached' })
    await tabTo(say('takeAll'))
    // The link gives pictures of one size: there is nothing to choose, and it begins.
    const [saved] = await Promise.all([page.waitForEvent('download'), press('Enter')])
    const download = page.getByRole('dialog')
    expect(saved.suggestedFilename()).toBe('Corsica.zip')
    await press('Escape')
    await download.waitFor({ state: 'detached' })
    await tabTo(say('photoGrid'))
    await press('ArrowRight', 'Enter')
    await page.getByRole('region', { name: say('viewer'), exact: true }).waitFor()
    await tabTo(say('choosePhoto'))
    await press('Enter')
    const asked = page.getByRole('dialog', { name: say('choosingTitle') })
    await asked.waitFor()
    await tabTo(say('visitorName'))
    await type('Anna')
    await press('Enter')
    await asked.waitFor({ state: 'detached' })
    await press('i')
    await page.getByRole('textbox', { name: say('addComment') }).waitFor()
    await tabTo(say('visitorName'))
    await type('Anna')
    await tabTo(say('addComment'))
    await type('What a light!')
    await press('Enter')
    await page.getByText('What a light!').waitFor()
  },
)
