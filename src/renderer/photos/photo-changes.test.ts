import { expect, test } from 'vitest'
import { editName, edits, markName } from './photo-changes.ts'

const [coast, hills] = ['owner~Abcd1234', 'owner~Efgh5678']

test('one field of photos of several albums is one change an album, in which each photo is given the value', () => {
  const refs = [`${coast}/photo00001`, `${hills}/photo00002`, `${coast}/photo00003`]
  expect(edits(refs, 'rating', '4')).toEqual([
    {
      ...{ kind: 'edit', album: coast, field: 'rating' },
      values: [
        { photo: 'photo00001', to: '4' },
        { photo: 'photo00003', to: '4' },
      ],
    },
    { kind: 'edit', album: hills, field: 'rating', values: [{ photo: 'photo00002', to: '4' }] },
  ])
})

test('nothing selected is no change', () => {
  expect(edits([], 'rating', '4')).toEqual([])
})

test('what was done is told by its field, its value and how many photos it was done to', () => {
  const names = [
    markName('rating', '4', 3),
    markName('rating', null, 3),
    markName('flag', 'pick', 3),
    markName('flag', 'reject', 3),
    markName('flag', null, 3),
    markName('label', 'red', 3),
    markName('label', null, 3),
    editName('title', 3),
    editName('caption', 3),
    editName('dated', 3),
    editName('flag', 3),
  ]
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toContain('3 photos')
  expect(names[0]).toContain('★★★★')
})
