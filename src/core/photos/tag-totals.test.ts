import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AlbumTag } from './album-tags.ts'
import { TagTotals } from './tag-totals.ts'

const albums = ['a', 'b', 'c', 'd']
const tag = fc.record<AlbumTag>({
  tag: fc.constantFrom('birds', 'birds/heron', 'sea'),
  name: fc.constantFrom('Birds', 'birds', 'SEA'),
  photos: fc.nat(9),
  within: fc.nat(9),
})
const list = fc.uniqueArray(tag, { selector: (one) => one.tag })
/** What some of the albums hold, one state after another. */
const states = fc.array(fc.dictionary(fc.constantFrom(...albums), list), { minLength: 1, maxLength: 6 })

const sortedOf = (totals: TagTotals) =>
  totals
    .all()
    .map(({ name, photos, within }) => JSON.stringify([name, photos, within]))
    .sort()

test('totals that were counted on from state to state are those of the last state counted alone', () => {
  fc.assert(
    fc.property(states, (all) => {
      const going = new TagTotals()
      for (const state of all) going.update(Object.keys(state), Object.values(state))
      const last = all.at(-1) ?? {}
      const fresh = new TagTotals()
      fresh.update(Object.keys(last), Object.values(last))
      expect(sortedOf(going)).toEqual(sortedOf(fresh))
      for (const one of ['birds', 'birds/heron', 'sea']) expect(going.get(one)).toEqual(fresh.get(one))
    }),
  )
})

test('a tag is written as most albums write it', () => {
  const totals = new TagTotals()
  const written = (name: string): AlbumTag[] => [{ tag: 'sea', name, photos: 1, within: 1 }]
  totals.update(['a', 'b', 'c'], [written('SEA'), written('Sea'), written('Sea')])
  expect(totals.get('sea')).toMatchObject({ name: 'Sea', photos: 3 })
  totals.update(['a'], [written('SEA')])
  expect(totals.get('sea')).toMatchObject({ name: 'SEA', photos: 1 })
})
