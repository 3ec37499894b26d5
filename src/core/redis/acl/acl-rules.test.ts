import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aclRules, administrator, guest, type Rights } from './acl-rules.ts'
import { commenting } from './commands.ts'
import { redisUser } from './redis-users.ts'
import { galleryKeys } from '../keys.ts'

const keys = galleryKeys()
const member = (own: Partial<Rights> = {}): Rights => ({
  ...administrator('ana'),
  role: 'member',
  ...own,
})
/** The patterns that rules give, with what may be done to the keys. */
const patterns = (rules: string[]) => rules.filter((rule) => /^(%\w+)?~/.test(rule))

test('a member writes to what they modify, reads what they were shown, and nothing of other albums', () => {
  const rules = aclRules(
    keys,
    member({
      grants: new Map([
        ['o~Abcd1234', 'modify'],
        ['o~Efgh5678', 'read'],
      ]),
      publicAlbums: ['o~Ijkl9012'],
    }),
  )
  expect(rules).toContain('~{cimaise}:album:o~Abcd1234:*')
  expect(rules).toContain('%R~{cimaise}:album:o~Efgh5678:*')
  expect(rules).toContain('%R~{cimaise}:album:o~Ijkl9012:*')
  expect(patterns(rules).filter((rule) => rule.includes(':album:'))).toHaveLength(3)
})

test('albums of one family are one rule for each right, of exactly these albums', () => {
  const grants = new Map([
    ['o~Abcd1234', 'modify' as const],
    ['o~Abcd123K', 'read' as const],
    ['o~Abcd123Q', 'modify' as const],
    ['o~Abcd12Z4', 'modify' as const],
    ['o~Abcd12ZQ', 'modify' as const],
    ['o~Abcd123z', 'comment' as const],
  ])
  const rules = aclRules(keys, member({ grants, publicAlbums: ['o~Abcd123x', 'o~Abcd123Q'] }))
  expect(patterns(rules).filter((rule) => rule.includes(':album:'))).toEqual([
    '~{cimaise}:album:o~Abcd12[3Z][4Q]:*',
    '%R~{cimaise}:album:o~Abcd123[Kxz]:*',
  ])
  expect(patterns(rules).filter((rule) => rule.includes(':talk:'))).toEqual([
    '%R~{cimaise}:talk:o~Abcd123[4KQxz]:*',
    '%R~{cimaise}:talk:o~Abcd12Z[4Q]:*',
  ])
  const speaking = rules.filter((rule) => rule.startsWith('(') && rule.includes(':talk:')).join()
  expect(speaking.match(/~\{cimaise\}:talk:[^\s)]*/g)).toEqual([
    '~{cimaise}:talk:o~Abcd123[4Qz]:by:ana',
    '~{cimaise}:talk:o~Abcd123[4Qz]:events',
    '~{cimaise}:talk:o~Abcd12Z[4Q]:by:ana',
    '~{cimaise}:talk:o~Abcd12Z[4Q]:events',
  ])
  expect(patterns(aclRules(keys, guest(['o~Abcd1234', 'o~Abcd123K']))).join()).toContain(
    '%R~{cimaise}:album:o~Abcd123[4K]:shown:guest:*',
  )
})

test('a right to modify an album that is public too is not taken back by its being public', () => {
  const rules = aclRules(
    keys,
    member({ grants: new Map([['o~Abcd1234', 'modify']]), publicAlbums: ['o~Abcd1234'] }),
  )
  expect(patterns(rules).filter((rule) => rule.includes(':album:o~Abcd1234'))).toEqual([
    '~{cimaise}:album:o~Abcd1234:*',
  ])
})

test('only accounts that may add photos may write thumbnails, and only administrators may delete them', () => {
  const thumbs = (rights: Rights) => aclRules(keys, rights).filter((rule) => rule.includes(':thumb:'))
  const adds = '(+set %W~cimaise:thumb:*)'
  expect(thumbs(member())).toEqual(['%R~cimaise:thumb:*'])
  expect(thumbs(member({ grants: new Map([['o~Abcd1234', 'read']]) }))).toEqual(['%R~cimaise:thumb:*'])
  expect(thumbs(member({ grants: new Map([['o~Abcd1234', 'modify']]) }))).toEqual([
    '%R~cimaise:thumb:*',
    adds,
  ])
  expect(thumbs(member({ ownIdPrefix: 'ana~Abcd' }))).toEqual(['%R~cimaise:thumb:*', adds])
  expect(thumbs(administrator('ana'))).toEqual(['~cimaise:thumb:*'])
})

test('an id that is none makes no rule, and no id prefix that is none does, whatever was written there', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (album, ownIdPrefix) => {
      fc.pre(!/^[a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{4,}$/.test(album))
      fc.pre(!/^[a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{4}$/.test(ownIdPrefix))
      const forged = member({ grants: new Map([[album, 'read']]), publicAlbums: [album], ownIdPrefix })
      expect(patterns(aclRules(keys, forged))).toEqual(patterns(aclRules(keys, member())))
    }),
  )
  for (const id of ['*', 'o~*', 'o~Abcd1234 ~*', 'o~Abcd1234\n', ''])
    expect(patterns(aclRules(keys, guest([id]))).join()).not.toContain(':album:')
})

test('no role but an administrator’s has a command that lists keys, runs a script of its own or sees the server', () => {
  const forbidden = [
    'scan',
    'keys',
    'randomkey',
    'eval',
    'config|set',
    'acl|setuser',
    'flushall',
    'monitor',
    'dump',
  ]
  for (const rights of [
    guest([]),
    member(),
    member({ role: 'share' }),
    member({ role: 'token', token: { of: 'ana', all: true, administrator: true } }),
    member({ service: true, ownIdPrefix: 'ana~Abcd' }),
  ])
    for (const command of forbidden) expect(aclRules(keys, rights)).not.toContain(`+${command}`)
})

test('a disabled account keeps nothing, not even on the connections that it has', () => {
  expect(aclRules(keys, { ...administrator('ana'), disabled: true })).toEqual([
    'off',
    'resetkeys',
    'resetchannels',
    '&{cimaise}:account',
    'clearselectors',
    '-@all',
  ])
})

test('the accounts of a second gallery in the same Redis have names of their own', () => {
  expect(redisUser(keys, 'ana')).toBe('ana')
  expect(redisUser(galleryKeys('family'), 'ana')).toBe('family:ana')
  const other = patterns(aclRules(galleryKeys('family'), administrator('ana')))
  expect(other).toEqual(['~{family}:*', '~family:thumb:*'])
})

test('a member writes comments under its own name alone, and only where it may comment', () => {
  const grants = new Map([
    ['o~Abcd1234', 'modify' as const],
    ['o~Efgh5678', 'comment' as const],
    ['o~Ijkl9012', 'read' as const],
  ])
  const talk = (rights: Rights) => aclRules(keys, rights).filter((rule) => rule.includes(':talk:'))
  const commands = `${commenting.map((command) => `+${command}`).join(' ')} ~{cimaise}:user:ana:calls`
  const inModified = '~{cimaise}:talk:o~Abcd1234:by:ana ~{cimaise}:talk:o~Abcd1234:events'
  const inCommented = '~{cimaise}:talk:o~Efgh5678:by:ana ~{cimaise}:talk:o~Efgh5678:events'
  expect(talk(member({ grants })).toSorted()).toEqual([
    '%R~{cimaise}:talk:o~Abcd1234:*',
    '%R~{cimaise}:talk:o~Efgh5678:*',
    '%R~{cimaise}:talk:o~Ijkl9012:*',
    `(${commands} ${inModified} ${inCommented})`,
  ])
  expect(talk(member({ ownIdPrefix: 'ana~Abcd' }))).toEqual([
    '%R~{cimaise}:talk:ana~Abcd*',
    `(${commands} ~{cimaise}:talk:ana~Abcd*:by:ana ~{cimaise}:talk:ana~Abcd*:events)`,
  ])
  expect(talk(member({ role: 'share', grants }))).toEqual([])
  expect(talk(guest(['o~Abcd1234']))).toEqual([])
})

test('a link writes what its visitors say under its own name and in its own album, and only what it was made for', () => {
  const name = 'share~Abcd1234'
  const said = (answers: Rights['answers']) =>
    aclRules(
      keys,
      member({ name, role: 'share', answers, grants: new Map([['o~Abcd1234', 'read']]) }),
    ).filter((rule) => /:talk:|:calls$|^\+fcall$/.test(rule))
  const nothing = { comments: false, selection: 0, closed: false }
  expect(said(nothing)).toEqual([])
  expect(said({ ...nothing, selection: 5 })).toEqual([
    '+fcall',
    '~{cimaise}:user:share~Abcd1234:calls',
    '~{cimaise}:talk:o~Abcd1234:picks:share~Abcd1234',
    '%W~{cimaise}:talk:o~Abcd1234:events',
  ])
  expect(said({ comments: true, selection: 5, closed: true })).toEqual([
    '+fcall',
    '~{cimaise}:user:share~Abcd1234:calls',
    '~{cimaise}:talk:o~Abcd1234:by:share~Abcd1234',
    '%R~{cimaise}:talk:o~Abcd1234:picks:share~Abcd1234',
    '%W~{cimaise}:talk:o~Abcd1234:events',
  ])
})

test('a token reads alone: what it was given, and everything only as an administrator’s for all albums', () => {
  const grants = new Map([['o~Abcd1234', 'read' as const]])
  const rules = (token: Rights['token'], more: Partial<Rights> = {}) =>
    patterns(aclRules(keys, member({ role: 'token', grants, token, ...more })))
  const some = rules({ of: 'ana', all: false, administrator: true })
  expect(some.filter((rule) => rule.includes(':album:'))).toEqual(['%R~{cimaise}:album:o~Abcd1234:*'])
  const all = rules({ of: 'ana', all: true, administrator: true })
  expect(all).toContain('%R~{cimaise}:album:*')
  expect([...some, ...all].filter((rule) => !rule.startsWith('%R~'))).toEqual([])
  // Nothing of the albums that its person made, where it was made for others.
  const chosen = rules({ of: 'ana', all: false, administrator: false }, { ownIdPrefix: 'ana~Abcd' })
  expect(chosen.join()).not.toContain('ana~Abcd')
})
