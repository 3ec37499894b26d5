import { expect, test } from 'vitest'
import type { Account } from '../schemas/account.ts'
import { changedTable, consequencesOf, type PeopleTable } from './consequences.ts'

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

const nothing = { loses: [], sees: [], comments: [], modifies: [], keepsToLook: [], silent: [] }

test('what a change of rights means for each account counts groups, public albums and own albums', () => {
  const table: PeopleTable = {
    accounts: [account('ana', ['crew']), account('bob'), { ...account('eve'), role: 'administrator' }],
    groups: [{ name: 'crew', displayName: 'Crew', members: ['ana'] }],
    rights: {
      grants: { 'account:bob': { 'o~aaaaaaaa': 'modify' }, 'group:crew': { 'o~aaaaaaaa': 'read' } },
      public: ['o~bbbbbbbb'],
      shows: {},
      made: {},
    },
  }
  const after = changedTable(table, [
    { subject: 'group:crew', album: 'o~aaaaaaaa', right: 'none' },
    { subject: 'account:bob', album: 'o~aaaaaaaa', right: 'read' },
    { subject: 'account:bob', album: 'o~bbbbbbbb', right: 'read' },
  ])
  expect(consequencesOf(table, after)).toEqual([
    { ...nothing, name: 'ana', loses: ['o~aaaaaaaa'] },
    { ...nothing, name: 'bob', keepsToLook: ['o~aaaaaaaa'] },
  ])
  const hidden = changedTable(table, [{ subject: 'guest', album: 'o~bbbbbbbb', right: 'none' }])
  expect(consequencesOf(table, hidden).map(({ name }) => name)).toEqual([null, 'ana', 'bob'])
})

test('the right to comment is told as it comes, and as it goes though the album is seen still', () => {
  const grants = { 'account:ana': { 'o~aaaaaaaa': 'read' as const, 'o~bbbbbbbb': 'comment' as const } }
  const table: PeopleTable = {
    accounts: [account('ana')],
    groups: [],
    rights: { grants, public: [], shows: {}, made: {} },
  }
  const after = changedTable(table, [
    { subject: 'account:ana', album: 'o~aaaaaaaa', right: 'comment' },
    { subject: 'account:ana', album: 'o~bbbbbbbb', right: 'read' },
  ])
  expect(consequencesOf(table, after)).toEqual([
    { ...nothing, name: 'ana', comments: ['o~aaaaaaaa'], silent: ['o~bbbbbbbb'] },
  ])
})
