import { cell, button, said, outdoors, first, some, opened, type Job } from './steps.ts'

/** Looking and culling. */
export const looking: readonly Job[] = [
  {
    name: 'From nothing to sixteen sample photographs',
    run: (hand) => hand.click(button(hand.page, /^Sample photographs/)),
    done: async (page) => {
      await page.getByText('16 photos').first().waitFor({ timeout: 120_000 })
      await button(page, 'Leave the tour').click()
    },
  },
  {
    name: 'Open a photo, look at it, and come back',
    begin: first,
    run: (hand) => hand.press('Enter', 'Enter'),
    done: (page) => cell(page, 0).waitFor(),
  },
  {
    name: 'See it at 100 %',
    begin: opened,
    run: (hand) => hand.press('z'),
    done: (page) => button(page, 'Fit').waitFor(),
  },
  {
    name: 'Full screen',
    begin: opened,
    run: (hand) => hand.press('f'),
    done: (page) => page.waitForFunction(() => document.fullscreenElement !== null),
  },
  {
    name: 'See what is known of it',
    begin: first,
    run: (hand) => hand.press('i'),
    done: (page) => page.getByText('Size', { exact: true }).waitFor(),
  },
  {
    name: 'Give five photos stars, one after the other',
    begin: first,
    run: (hand) => hand.press('5', '4', '3', '5', '4'),
    done: (page) => cell(page, 4).getByRole('img', { name: '4 of 5 stars' }).waitFor(),
  },
  {
    name: 'Pick one, reject the next, label the third',
    begin: first,
    run: (hand) => hand.press('p', 'x', '6'),
    done: (page) => cell(page, 2).getByRole('img', { name: 'Red' }).waitFor(),
  },
  {
    name: 'See the picks alone',
    begin: outdoors,
    run: (hand) => hand.press('Shift+P'),
    done: (page) => said(page, /1 of \d+ photos|^1 photo$/),
  },
  {
    name: 'All rejected photos to the trash',
    begin: async (page) => {
      await button(page, 'Clear filter').first().click()
      await outdoors(page)
    },
    run: async (hand) => {
      await hand.press('Shift+X')
      await hand.click(button(hand.page, 'Move to the trash'))
    },
    done: (page) => said(page, 'Moved 1 photo to the trash'),
  },
  {
    name: 'Take the last thing back',
    run: (hand) => hand.press('Control+z'),
    done: (page) => said(page, /^Undone/),
  },
  {
    name: 'Compare four',
    begin: some,
    run: (hand) => hand.press('c'),
    done: (page) => button(page, 'Take out of the comparison').first().waitFor(),
  },
]
