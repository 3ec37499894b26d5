import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { serious } from '../support/axe.ts'
import { closeBrowser, openPage } from '../support/browser.ts'
import { clientLink, drawToSend } from '../support/client-link.ts'
import { fingerOn, middleOf, type Finger } from '../support/finger.ts'
import { shared } from '../support/shared.ts'
import { cell, serveTakingUploads, visit } from '../support/window.ts'
import { wordsOf, type Words } from '../support/words.ts'

afterAll(closeBrowser)

const served = shared(serveTakingUploads)

const touch = { hasTouch: true, isMobile: true }
const screens = [
  {
    name: 'on a phone, dark',
    words: wordsOf('en'),
    width: 390,
    height: 844,
    locale: 'en-GB',
    colorScheme: 'dark',
  },
  {
    name: 'on a tablet in French, light',
    words: wordsOf('fr'),
    width: 768,
    height: 1024,
    locale: 'fr-FR',
    colorScheme: 'light',
  },
] as const

interface Hand extends Words {
  page: Page
  finger: Finger
  /** Where the photo that is open can be swiped, from one side to the other. */
  sides: readonly [near: number, far: number]
  /** As many as the photo has not yet: the same again would take them away. */
  stars: '4' | '5'
}

const viewerOf = ({ page, say }: Hand) => page.getByRole('region', { name: say('viewer'), exact: true })
const button = ({ page }: Hand, name: string) => page.getByRole('button', { name, exact: true })
const selected = ({ page }: Hand) => page.getByRole('gridcell', { selected: true })

/** By the bar at the lower edge, or the drawer of albums where there is none. */
const openCorsica = async (hand: Hand) => {
  const { page, say } = hand
  const bar = page.getByRole('navigation', { name: say('places') })
  if (await bar.isVisible()) {
    await bar.getByRole('button', { name: say('albums') }).tap()
    await page.getByRole('link', { name: /^Corsica/ }).tap()
  } else {
    await button(hand, say('openSidebar')).tap()
    await page.getByRole('treeitem', { name: 'Corsica' }).tap()
  }
  await page.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
  await cell(page, 4).waitFor()
}

/** Taps until something is seen: after a stroke, and where the machine is slow, a browser may take a tap for something else. */
const tapFor = async (target: Locator, wanted: Locator) => {
  const seen = async () => {
    if (!(await wanted.isVisible())) await target.tap({ timeout: 2000 }).catch(() => undefined)
    return wanted.isVisible()
  }
  await expect.poll(seen, { interval: 200 }).toBe(true)
}

/** Taps its way through the menu behind `More`. */
const more = async ({ page, say }: Hand, within: Locator, ...names: string[]) => {
  const menu = page.getByRole('menu')
  await tapFor(within.getByRole('button', { name: say('more'), exact: true }), menu)
  for (const name of names)
    await menu
      .getByText(name, { exact: true })
      .or(menu.getByRole('menuitemradio', { name, exact: true }))
      .tap()
}

/** Leafs, zooms, rates, labels, has the filmstrip, and goes back. */
const look = async (hand: Hand) => {
  const { page, say, finger, sides } = hand
  const viewer = viewerOf(hand)
  const at = (n: number) => viewer.getByText(say('position', { n: String(n), total: '9' })).waitFor()
  await cell(page, 1).tap()
  await at(2)
  await finger.swipe([sides[1], 400], [sides[0], 410])
  await at(3)
  await finger.swipe([sides[0], 400], [sides[1], 410])
  await at(2)
  await more(hand, viewer, say('menuView'), say('filmstrip'))
  const strip = viewer.getByRole('navigation', { name: say('filmstrip') })
  await strip.waitFor()
  await more(hand, viewer, say('menuView'), say('filmstrip'))
  await strip.waitFor({ state: 'detached' })
  for (const name of ['histogram', 'peaking'] as const) await more(hand, viewer, say('menuView'), say(name))
  expect(await serious(page)).toEqual([])
  for (const name of ['histogram', 'peaking'] as const) await more(hand, viewer, say('menuView'), say(name))
  await viewer.getByRole('button', { name: say('stars', { n: hand.stars }) }).tap()
  await more(hand, viewer, say('red'))
  await button(hand, say('slideshow')).tap()
  await page.touchscreen.tap(sides[0] + 100, 300)
  await button(hand, say('pauseSlides')).tap()
  await viewer.getByRole('button', { name: say('back') }).tap()
  await viewer.waitFor({ state: 'detached' })
}

/** Selects by a long press and a stroke. */
const selectThree = async (hand: Hand) => {
  const { page, finger, say } = hand
  const stop = button(hand, say('stopPicking'))
  if (await stop.isVisible()) await stop.tap()
  await stop.waitFor({ state: 'detached' })
  await finger.down(await middleOf(cell(page, 1)))
  await page.getByRole('toolbar', { name: say('pickPhotos') }).waitFor()
  await finger.move(await middleOf(cell(page, 3)))
  await finger.up()
  await expect.poll(() => selected(hand).count()).toBe(3)
}

/** Moves, makes an album, tags, deletes, and takes each of them back. */
const organise = async (hand: Hand) => {
  const { page, say, count } = hand
  const photos = (n: number) => expect.poll(() => page.getByRole('gridcell').count()).toBe(n)
  const undo = async () => {
    await button(hand, say('undo')).first().tap()
    await photos(9)
  }
  await selectThree(hand)
  await button(hand, say('tagsItem')).tap()
  await page.getByRole('combobox', { name: say('addTags') }).fill('sea')
  await button(hand, say('saveTags', { photos: count('photos', 3) })).tap()
  await undo()
  await button(hand, say('moveTo')).tap()
  await page.getByRole('option', { name: /^Studio/ }).tap()
  await photos(6)
  await undo()
  await selectThree(hand)
  await button(hand, say('moveTo')).tap()
  await page.getByRole('dialog').getByRole('combobox').fill(`Prints ${page.viewportSize()?.width}`)
  await page
    .getByRole('option', { name: say('createAlbum', { title: `Prints ${page.viewportSize()?.width}` }) })
    .tap()
  await photos(6)
  await undo()
  await selectThree(hand)
  await button(hand, say('toTrash')).tap()
  await photos(6)
  await undo()
  await selectThree(hand)
  await more(hand, page.getByRole('toolbar', { name: say('pickPhotos') }), say('keyCompare'))
  await page
    .getByRole('img', { name: /photo-/ })
    .nth(2)
    .waitFor()
  await button(hand, say('back')).tap()
  await button(hand, say('stopPicking')).tap()
}

/** Narrows the photos by stars, and finds an album by words. */
const find = async (hand: Hand) => {
  const { page, say } = hand
  await button(hand, say('filter')).tap()
  await page.getByRole('button', { name: say('atLeast', { n: '4' }) }).tap()
  await expect.poll(() => page.getByRole('gridcell').count()).toBe(1)
  await button(hand, say('clearFilter')).first().tap()
  await expect.poll(() => page.getByRole('gridcell').count()).toBe(9)
  await button(hand, say('filter')).tap()
  const bar = page.getByRole('navigation', { name: say('places') })
  if (await bar.isVisible()) await bar.getByRole('button', { name: say('barSearch') }).tap()
  else await button(hand, say('openSidebar')).tap()
  await page.getByRole('combobox', { name: say('search') }).fill('studi')
  await page.getByRole('option', { name: /^Studio/ }).tap()
  await page.getByRole('heading', { level: 1, name: 'Studio' }).waitFor()
}

/** Makes a link to an album. */
const share = async (hand: Hand) => {
  const { page, say } = hand
  const bar = page.getByRole('navigation', { name: say('places') })
  if (await bar.isVisible()) await more(hand, bar, say('settings'))
  else {
    await button(hand, say('openSidebar')).tap()
    await button(hand, say('settings')).tap()
  }
  await page.getByRole('combobox', { name: say('settings') }).selectOption({ label: say('links') })
  await button(hand, say('newLink')).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('album')).first().selectOption({ label: 'Corsica' })
  await dialog.getByRole('button', { name: say('makeLink') }).tap()
  await dialog.getByRole('textbox', { name: say('links') }).waitFor()
}

const optionsOf = ({ width, height, locale, colorScheme }: (typeof screens)[number]) => ({
  ...{ viewport: { width, height }, locale, colorScheme },
  ...touch,
})

const handOn = async (page: Page, { words, width }: (typeof screens)[number]): Promise<Hand> => ({
  ...words,
  page,
  finger: await fingerOn(page),
  stars: width < 600 ? '4' : '5',
  sides: [Math.round(width * 0.2), Math.round(width * 0.8)],
})

test.each(screens)(
  '$name, by finger alone, a photographer looks, marks, moves, finds, compares, deletes and takes it back',
  async (screen) => {
    const { page } = await visit(served(), optionsOf(screen))
    const hand = await handOn(page, screen)
    await openCorsica(hand)
    await look(hand)
    await organise(hand)
    await find(hand)
    await share(hand)
    expect(await serious(page)).toEqual([])
  },
)

test.each(screens)(
  '$name, by finger alone, a visitor looks, chooses, comments, takes home and sends photos',
  async (screen) => {
    const link = await clientLink(served().server, 'Corsica')
    const page = await openPage(optionsOf(screen))
    await page.goto(link)
    const hand = await handOn(page, screen)
    const { say, count } = screen.words
    const viewer = viewerOf(hand)
    await page.getByRole('heading', { level: 1, name: 'Corsica' }).waitFor()
    // The link asks for photos, too, and says so at once.
    const panel = page.getByRole('region', { name: say('uploadTo', { album: 'Corsica' }) })
    await panel.getByRole('button', { name: say('close') }).tap()
    await cell(page, 0)
      .getByRole('button', { name: say('choosePhoto') })
      .tap()
    const asked = page.getByRole('dialog', { name: say('choosingTitle') })
    await asked.getByRole('textbox', { name: say('visitorName') }).fill('Anna')
    await asked.getByRole('button', { name: say('choosingGoOn') }).tap()
    await asked.waitFor({ state: 'detached' })
    await page
      .getByText(say('chosenOf', { n: '1', most: '3' }))
      .first()
      .waitFor()
    await cell(page, 1).tap()
    await hand.finger.swipe([hand.sides[1], 400], [hand.sides[0], 410])
    await viewer.getByText(say('position', { n: '3', total: '' }).trim()).waitFor()
    const field = page.getByRole('textbox', { name: say('addComment') })
    await tapFor(button(hand, say('info')), field)
    await field.fill('What a light!')
    await page.getByRole('textbox', { name: say('visitorName') }).fill('Anna')
    await button(hand, say('say')).tap()
    await page.getByText('What a light!').waitFor()
    expect(await page.getByRole('group', { name: say('rating') }).count()).toBe(0) // nobody gives visitors marks
    expect(await serious(page)).toEqual([])
    // A sheet on a phone has a button to close it; beside the photo the button that opened it does.
    const close = button(hand, say('close')).first()
    await ((await close.isVisible()) ? close : button(hand, say('info'))).tap()
    await viewer.getByRole('button', { name: say('back') }).tap()
    const [saved] = await Promise.all([page.waitForEvent('download'), button(hand, say('takeAll')).tap()])
    const download = page.getByRole('dialog')
    expect(saved.suggestedFilename()).toBe('Corsica.zip')
    await download
      .getByRole('button', { name: say('close') })
      .last()
      .tap()
    await download.waitFor({ state: 'detached' })
    await button(hand, say('uploadPhotos')).tap()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      button(hand, say('choosePhotos')).tap(),
    ])
    await chooser.setFiles(await drawToSend(screen.width))
    await page.getByText(count('uploadedPhotos', 1)).first().waitFor({ timeout: 60_000 })
    // The panel for sending leaves the bar free that says how many are chosen.
    expect(await panel.isVisible()).toBe(true)
    await tapFor(button(hand, say('choosingFinish')), asked)
  },
)
