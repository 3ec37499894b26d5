import '../i18n/later.ts'
import { expect, it } from 'vitest'
import { sectionsFor } from './sections.ts'
import { findables, findSettings } from './settings-index.ts'

const found = (words: string, who = { administrator: true, library: true }) =>
  findSettings(findables(sectionsFor(who), false), words).map(({ section, setting }) => setting ?? section)

it('a setting is found by words of its title, of what it says of itself, and of its section, in any order', () => {
  expect(found('theme')).toEqual(['theme'])
  expect(found('surfaces DARK')).toEqual(['theme'])
  expect(found('looking histogram')).toEqual(['histogram'])
  expect(found('slideshow')).toEqual(['slideSeconds'])
})

it('a section is found by its name, with what is in it', () => {
  expect(found('general')).toEqual(['general', 'language', 'theme', 'thumbnails', 'wall', 'notifications'])
  expect(found('backup')).toEqual(['backup'])
})

it('nothing is found without words, nor what somebody is not shown', () => {
  expect(found('  ')).toEqual([])
  expect(found('backup', { administrator: false, library: false })).toEqual([])
  expect(found('folders', { administrator: true, library: false })).toEqual([])
})
