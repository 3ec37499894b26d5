import { cell, treeItem, button, said, first, some, type Job } from './steps.ts'

/** Tags, titles, dates, albums and the trash. */
export const organising: readonly Job[] = [
  {
    name: 'Tag four (“coast”)',
    begin: async (page) => {
      await page.keyboard.press('Escape')
      await some(page)
    },
    run: async (hand) => {
      await hand.press('t')
      await hand.page.getByRole('dialog').getByRole('combobox').waitFor()
      await hand.type('coast')
      await hand.press('Enter', 'Enter')
    },
    done: (page) => said(page, 'Tagged 4 photos “coast”'),
  },
  {
    name: 'Give a photo a title (“Dawn”)',
    begin: first,
    run: async (hand) => {
      await hand.press('e')
      await hand.page.waitForFunction(() => document.activeElement?.id === 'photo-title')
      await hand.type('Dawn')
      await hand.press('Enter')
    },
    done: (page) => said(page, 'Titled 1 photo'),
  },
  {
    name: 'Shift the time of four by an hour',
    begin: some,
    run: async (hand) => {
      await hand.press('d')
      await hand.click(hand.page.getByText('Shift the dates by'))
      const hours = hand.page.getByLabel('Hours')
      await hand.click(hours, { clickCount: 2 })
      await hand.type('1')
      await hand.press('Enter')
    },
    done: (page) => said(page, 'Dated 4 photos'),
  },
  {
    name: 'Move four to another album, by drag',
    begin: some,
    run: (hand) => hand.drag(cell(hand.page, 1).locator('.picture'), treeItem(hand.page, 'Classics')),
    done: (page) => said(page, 'Moved 4 photos to “Classics”'),
  },
  {
    name: 'The same by keys',
    begin: async (page) => {
      await page.keyboard.press('Control+z')
      await said(page, /^Undone: Moved/)
      await some(page)
    },
    run: async (hand) => {
      await hand.press('m')
      await hand.page.getByRole('combobox', { name: 'Album' }).waitFor()
      await hand.type('cla')
      await hand.page.getByRole('option', { name: /Classics/ }).waitFor()
      await hand.press('Enter')
    },
    done: (page) => said(page, 'Moved 4 photos to “Classics”'),
  },
  {
    name: 'One more to the same album',
    begin: first,
    run: (hand) => hand.press('Shift+M'),
    done: (page) => said(page, 'Moved 1 photo to “Classics”'),
  },
  {
    name: 'To the trash',
    begin: async (page) => {
      await page.keyboard.press('Control+z')
      await page.keyboard.press('Control+z')
      await first(page)
    },
    run: (hand) => hand.press('Delete'),
    done: (page) => said(page, 'Moved 1 photo to the trash'),
  },
  {
    name: 'And back out of it',
    run: async (hand) => {
      await hand.click(button(hand.page, /^Trash/))
      await cell(hand.page, 0).waitFor()
      await hand.click(cell(hand.page, 0))
      await hand.click(button(hand.page, 'Restore 1 photo'))
    },
    done: (page) => said(page, 'Restored 1 photo'),
  },
]
