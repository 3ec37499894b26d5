import '../i18n/later.ts'
import { expect, test } from 'vitest'
import type { AuditLine } from '../../shared/schemas/access.ts'
import type { AccessState } from '../access/access-state.svelte.ts'
import { auditWords, inverseOf } from './audit-text.ts'

const access = {
  accounts: [{ name: 'ana', displayName: 'Ana Lima' }],
  groups: [{ name: 'family', displayName: 'The family' }],
} as unknown as AccessState
const albums = [{ id: 'c1', title: 'Corsica' }] as Parameters<typeof auditWords>[2]

const line = (what: string, more: Partial<AuditLine> = {}): AuditLine => ({
  id: '1-0',
  at: '2026-01-01T00:00:00Z',
  by: 'owner',
  what,
  subject: 'ana',
  count: 1,
  since: null,
  fields: [],
  rights: [],
  ...more,
})
const words = (...args: Parameters<typeof line>) => auditWords(line(...args), access, albums)
const right = (subject: string, album = 'c1') =>
  ({ subject, album, from: 'none', to: 'read' }) as AuditLine['rights'][number]

test('subjects and albums are called by their names; what is gone keeps its own', () => {
  const told = words('rights', {
    subject: '',
    rights: [right('account:ana'), right('group:family'), right('account:gone', 'c9')],
  })
  expect(told).toMatch(/Ana Lima.*“Corsica”.*The family.*“Corsica”.*gone.*“c9”/)
})

test('of many changes four are told, and how many more there are', () => {
  const rights = Array.from({ length: 7 }, (_, n) => right(`account:user${n}`))
  const told = words('rights', { subject: '', rights })
  expect(told).toContain('user3')
  expect(told).not.toContain('user4')
  expect(told).toMatch(/3 more/)
})

test('a field that is not known is passed over, and a line of another version is told by its kind', () => {
  const fields = [
    { field: 'somethingNew', from: '', to: 'x' },
    { field: 'displayName', from: '', to: 'Ana' },
  ]
  expect(words('account-changed', { fields })).not.toContain('somethingNew')
  expect(words('account-changed', { fields })).toContain('Ana')
  expect(words('a-kind-to-come')).toBe('a-kind-to-come')
})

test('what takes rights back asks that they still are as the line says, and leaves out what is no subject', () => {
  expect(inverseOf(line('rights', { rights: [right('account:ana'), right('nonsense')] }))).toEqual([
    { subject: 'account:ana', album: 'c1', right: 'none', from: 'read' },
  ])
})
