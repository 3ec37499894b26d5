import { expect, test } from 'vitest'
import { changedTable, consequencesOf, type PeopleTable } from '../../../src/shared/domain/consequences.ts'
import { parseAccountName, tooAlike } from '../../../src/shared/domain/account-names.ts'
import { generatePassword, passwordProblem, strength } from '../../../src/shared/domain/passwords.ts'
import type { Account } from '../../../src/shared/schemas/account.ts'
import { effectiveRights } from '../../../src/shared/domain/access.ts'
import { parseShareLink, shareLink } from '../../../src/shared/domain/share-link.ts'

test.each([
  ['', 'short'],
  ['seven77', 'short'],
  ['x'.repeat(10_000), 'long'],
  ['ana-lucia', 'name'],
  ['ana-lucia1', 'name'],
  ['Password1', 'common'],
  ['p4ssw0rd!!', 'common'],
  ['12345678', 'common'],
  ['aaaaaaaaaa', 'common'],
  ['correct horse battery', null],
  ['påsken er kort', null],
])('the password %.30s is judged: %s', (password, problem) => {
  expect(passwordProblem('ana-lucia', password)).toBe(problem)
})

test('proposed passwords are strong, fit the rules and are never the same', () => {
  const made = Array.from({ length: 200 }, generatePassword)
  expect(new Set(made).size).toBe(200)
  for (const password of made) {
    expect(password).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}$/)
    expect([passwordProblem('ana', password), strength(password)]).toEqual([null, 3])
  }
})

test('names in another case, with letters of another script, or too long are refused with what is wrong', () => {
  expect(parseAccountName('ana.s-2_x')).toBe('ana.s-2_x')
  expect(() => parseAccountName('Ana')).toThrow('Names have no capital letters: ana.')
  // The first letter is Cyrillic.
  expect(() => parseAccountName('аna')).toThrow('“\\u{430}na” cannot be the name of an account.')
  for (const name of ['', '.ana', 'a'.repeat(33), 'ana silva', 'ana*', 'ana\n', '{cimaise}'])
    expect(() => parseAccountName(name), name).toThrow('cannot be the name')
})

test('names that could be taken for one another are told', () => {
  expect(tooAlike('pau1', ['ana', 'paul'])).toBe('paul')
  expect(tooAlike('0scar', ['oscar'])).toBe('oscar')
  expect(tooAlike('ana.silva', ['anasilva'])).toBe('anasilva')
  expect(tooAlike('modern', ['modem'])).toBe('modem')
  expect(tooAlike('paula', ['paul', 'paula'])).toBe(null)
})

test('the highest of several rights wins, and what is no right counts as none', () => {
  expect([
    ...effectiveRights([{ a: 'read', b: 'modify' }, { a: 'modify', b: 'none' }, { c: 'none' }]),
  ]).toEqual([
    ['a', 'modify'],
    ['b', 'modify'],
  ])
  expect([...effectiveRights([{ a: 'all' as 'read' }])]).toEqual([])
})

const account = (name: string, groups: string[] = []): Account => ({
  name,
  displayName: name,
  role: 'member',
  canCreateAlbums: false,
  disabled: false,
  setAside: null,
  hasPassword: true,
  revision: 1,
  created: null,
  groups,
})

test('what a change of rights means for each person counts groups, public albums and own albums', () => {
  const table: PeopleTable = {
    accounts: [account('ana', ['crew']), account('bob'), { ...account('eve'), role: 'administrator' }],
    groups: [{ name: 'crew', displayName: 'Crew', members: ['ana'] }],
    rights: {
      grants: { 'account:bob': { 'o~aaaaaaaa': 'modify' }, 'group:crew': { 'o~aaaaaaaa': 'read' } },
      public: ['o~bbbbbbbb'],
      made: {},
    },
  }
  const after = changedTable(table, [
    { subject: 'group:crew', album: 'o~aaaaaaaa', right: 'none' },
    { subject: 'account:bob', album: 'o~aaaaaaaa', right: 'read' },
    { subject: 'account:bob', album: 'o~bbbbbbbb', right: 'read' },
  ])
  expect(consequencesOf(table, after)).toEqual([
    { name: 'ana', loses: ['o~aaaaaaaa'], sees: [], modifies: [], keepsToLook: [] },
    { name: 'bob', loses: [], sees: [], modifies: [], keepsToLook: ['o~aaaaaaaa'] },
  ])
  const hidden = changedTable(table, [{ subject: 'guest', album: 'o~bbbbbbbb', right: 'none' }])
  expect(consequencesOf(table, hidden).map(({ name }) => name)).toEqual([null, 'ana', 'bob'])
})

test('a share link keeps its secret behind the #, and other addresses are none', () => {
  const link = new URL(shareLink('https://photos.example/', 'share~Abcd1234', 'S'.repeat(22), true))
  expect(link.pathname + link.search).toBe('/?share=Abcd1234')
  expect(parseShareLink(link.search, link.hash)).toEqual({
    name: 'share~Abcd1234',
    secret: 'S'.repeat(22),
    hasPassword: true,
  })
  expect(parseShareLink('?share=../x', link.hash)).toBe(null)
  expect(parseShareLink('', '')).toBe(null)
})
