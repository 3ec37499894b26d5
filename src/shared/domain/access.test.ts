import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectiveRights, type Grants } from './access.ts'
import { isSubject, parseSubject, subjectOf } from './subjects.ts'

test('the highest of several rights wins, and what is no right counts as none', () => {
  expect([
    ...effectiveRights([{ a: 'read', b: 'modify' }, { a: 'modify', b: 'none' }, { c: 'none' }]),
  ]).toEqual([
    ['a', 'modify'],
    ['b', 'modify'],
  ])
  expect([...effectiveRights([{ a: 'all' as 'read' }])]).toEqual([])
})

const level = fc.constantFrom('none' as const, 'read' as const, 'modify' as const)
const grants = fc.dictionary(fc.constantFrom('a', 'b', 'c'), level) as fc.Arbitrary<Grants>

test('no right is lower for another source, and the order of sources does not matter', () => {
  fc.assert(
    fc.property(fc.array(grants), grants, (sources, more) => {
      const [before, after] = [effectiveRights(sources), effectiveRights([...sources, more])]
      for (const [album, right] of before)
        expect(right === 'read' ? ['read', 'modify'] : ['modify']).toContain(after.get(album))
      expect(new Map([...effectiveRights([more, ...sources])].toSorted())).toEqual(
        new Map([...after].toSorted()),
      )
    }),
  )
})

test('a subject is an account, a group or the guest, and nothing else', () => {
  expect(parseSubject(subjectOf('group', 'family'))).toEqual({ kind: 'group', name: 'family' })
  expect(parseSubject('guest')).toEqual({ kind: 'guest', name: '' })
  for (const text of ['guest', 'account:ana', 'group:a.b-c_d']) expect(isSubject(text), text).toBe(true)
  for (const text of ['', 'ana', 'account:', 'account:Ana', 'role:x', 'guest:ana', 'account:a\n', 'group:a*'])
    expect(isSubject(text), text).toBe(false)
})
