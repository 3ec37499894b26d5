import type { RightsTable } from '../schemas/access.ts'
import type { Account, Group } from '../schemas/account.ts'
import { effectiveRights, type Grants } from './access.ts'
import { parseSubject, subjectOf } from './subjects.ts'
import type { AccessLevel, RightChange } from '../schemas/access.ts'

/** Everything that decides who sees what, as an administrator's window knows it. */
export interface PeopleTable {
  accounts: Account[]
  groups: Group[]
  rights: RightsTable
}

/** What is different for an account once rights are changed: ids of albums. `name` null: the guest. */
export interface Consequence {
  name: string | null
  loses: string[]
  sees: string[]
  comments: string[]
  modifies: string[]
  /** May modify them no longer. */
  keepsToLook: string[]
  /** May comment on them no longer. */
  silent: string[]
}

/** The rights of an account on albums, its groups' and the guest's included. */
export const rightsOfAccount = (
  { groups, rights }: PeopleTable,
  account: Account,
): Map<string, AccessLevel> => {
  const own = rights.grants[subjectOf('account', account.name)] ?? {}
  const shared = groups
    .filter(({ members }) => members.includes(account.name))
    .map(({ name }) => rights.grants[subjectOf('group', name)] ?? {})
  const shown = Object.fromEntries(rights.public.map((album): [string, AccessLevel] => [album, 'read']))
  const made = Object.fromEntries(
    (rights.made[account.name] ?? []).map((album): [string, AccessLevel] => [album, 'modify']),
  )
  return effectiveRights([own, ...shared, shown, made])
}

/** The same table with some rights changed. */
export const changedTable = (table: PeopleTable, changes: RightChange[]): PeopleTable => {
  const grants: Record<string, Grants> = { ...table.rights.grants }
  const shown = new Set(table.rights.public)
  for (const { subject, album, right } of changes)
    if (parseSubject(subject).kind === 'guest') shown[right === 'none' ? 'delete' : 'add'](album)
    else grants[subject] = { ...grants[subject], [album]: right }
  const rights = { ...table.rights, grants: grants as RightsTable['grants'], public: [...shown] }
  return { ...table, rights }
}

const differ = (
  name: string | null,
  before: Map<string, AccessLevel>,
  after: Map<string, AccessLevel>,
): Consequence => {
  const albums = new Set([...before.keys(), ...after.keys()])
  const found: Consequence = {
    ...{ name, loses: [], sees: [], comments: [] },
    ...{ modifies: [], keepsToLook: [], silent: [] },
  }
  for (const album of albums) {
    const [was, is] = [before.get(album) ?? 'none', after.get(album) ?? 'none']
    if (was === is) continue
    if (is === 'none') found.loses.push(album)
    else if (was === 'modify') found.keepsToLook.push(album)
    else if (is === 'modify') found.modifies.push(album)
    else if (is === 'comment') found.comments.push(album)
    else if (was === 'comment') found.silent.push(album)
    else found.sees.push(album)
  }
  return found
}

const isSomething = ({ name: _, ...albums }: Consequence) =>
  Object.values(albums).some((ids) => ids.length > 0)

/** What changes of rights mean for each account, those first that lose the most. Administrators see everything anyway. */
export const consequencesOf = (before: PeopleTable, after: PeopleTable): Consequence[] => {
  const publicRights = ({ rights }: PeopleTable) =>
    new Map(rights.public.map((album): [string, AccessLevel] => [album, 'read']))
  const found = [
    differ(null, publicRights(before), publicRights(after)),
    ...before.accounts
      .filter(({ role }) => role === 'member')
      .map((account) =>
        differ(account.name, rightsOfAccount(before, account), rightsOfAccount(after, account)),
      ),
  ]
  return found.filter(isSomething).sort((a, b) => b.loses.length - a.loses.length)
}
