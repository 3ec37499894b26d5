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

test('what a change of rights means for each account counts groups, public albums and own albums', () => {
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
