import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { button, said, heading, outdoors, first, some, type Job } from './steps.ts'

/** A folder that is not there yet. */
const target = join(mkdtempSync(join(tmpdir(), 'jobs-')), 'x')

/** Finding, sharing, exporting, settings. */
export const finding: readonly Job[] = [
  {
    name: 'Find photos by a word (“dawn”)',
    begin: outdoors,
    run: async (hand) => {
      await hand.press('/')
      await hand.type('dawn')
      await hand.press('Enter')
    },
    done: (page) => said(page, /1 of \d+ photos/),
  },
  {
    name: 'Keep that search (“Dawns”)',
    run: async (hand) => {
      await hand.press('Control+s')
      await hand.page.getByLabel('Name', { exact: true }).waitFor()
      await hand.press('Control+a')
      await hand.type('Dawns')
      await hand.press('Enter')
    },
    done: (page) => heading(page, 'Dawns'),
  },
  {
    name: 'See where an album’s photos were taken',
    begin: outdoors,
    run: (hand) => hand.press('w'),
    done: (page) => button(page, 'All places').first().waitFor(),
  },
  {
    name: 'Open the second album',
    begin: (page) => page.keyboard.press('Escape'),
    run: (hand) => hand.press('Control+2'),
    done: (page) => heading(page, 'Classics'),
  },
  {
    name: 'Turn a photo',
    begin: first,
    run: (hand) => hand.press('r'),
    done: (page) => said(page, 'Turned 1 photo'),
  },
  {
    name: 'Change the theme to dark',
    begin: outdoors,
    run: async (hand) => {
      await hand.press('Control+,')
      await hand.choose(hand.page.getByRole('combobox', { name: 'Theme' }), 'Dark')
    },
    done: (page) => page.waitForFunction(() => document.documentElement.style.colorScheme === 'dark'),
  },
  {
    name: 'A link to an album, to be copied',
    begin: outdoors,
    run: async (hand) => {
      await hand.press('Control+,')
      await hand.click(
        hand.page.getByRole('navigation', { name: 'Settings' }).getByText('Links', { exact: true }),
      )
      await hand.click(button(hand.page, 'New link…'))
      await hand.click(button(hand.page, 'Make link'))
    },
    done: (page) => page.getByRole('textbox', { name: 'Links' }).waitFor(),
  },
  {
    name: 'An album for everybody, without logging in',
    begin: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
      await outdoors(page)
    },
    run: async (hand) => {
      await hand.press('Control+,')
      await hand.click(
        hand.page.getByRole('navigation', { name: 'Settings' }).getByText('Album by album', { exact: true }),
      )
      await hand.click(button(hand.page, /^Outdoors/))
      const everybody = hand.page.getByRole('listitem').filter({ hasText: 'without logging in' })
      await hand.click(everybody.getByText('Look', { exact: true }))
    },
    done: (page) => said(page, /will see “Outdoors”/),
  },
  {
    name: 'Copies of four photos into a folder',
    begin: some,
    run: async (hand) => {
      await hand.press('Control+Shift+e')
      await hand.page.getByLabel('To the folder').waitFor()
      await hand.type(target)
      await hand.press('Enter')
    },
    done: (page) => said(page, /4 photos exported/),
  },
]
