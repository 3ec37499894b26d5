import { expect, test } from 'vitest'
import { isAdmitted, namesFor } from './people.ts'
import { readProvider } from './settings.ts'

const env = {
  CIMAISE_OIDC_ISSUER: 'https://id.example.org',
  CIMAISE_OIDC_CLIENT_ID: 'gallery',
  CIMAISE_PUBLIC_URL: 'https://photos.example.org/gallery',
}

test('a provider is used where one is named, with what is usual', () => {
  expect(readProvider({}, {})).toBeNull()
  expect(readProvider({}, env)).toMatchObject({
    clientSecret: null,
    scopes: 'openid profile email',
    groupsClaim: 'groups',
    createsAccounts: false,
    recheckMs: 900_000,
    sessionMs: 28_800_000,
  })
  expect(readProvider({ 'oidc-domains': 'A.example, b.example' }, env)?.domains).toEqual([
    'a.example',
    'b.example',
  ])
})

test.each([
  { CIMAISE_OIDC_ISSUER: 'http://id.example.org' },
  { CIMAISE_OIDC_CLIENT_ID: '' },
  { CIMAISE_PUBLIC_URL: '' },
  { CIMAISE_PUBLIC_URL: 'http://photos.example.org' },
  { CIMAISE_OIDC_RECHECK: 'often' },
  { CIMAISE_OIDC_SECRET_FILE: '/nowhere/at/all' },
])('a server does not start with %j', (wrong) => {
  expect(() => readProvider({}, { ...env, ...wrong })).toThrow()
})

const person = {
  issuer: 'https://id.example.org',
  subject: '1',
  userName: 'Ana.Díaz@example.org',
  displayName: '',
  email: '',
  groups: [],
}

test('an account gets a name that it can have, and never that of another one', () => {
  const names = namesFor(person)
  expect(names.slice(0, 3)).toEqual(['ana.diaz', 'ana.diaz-2', 'ana.diaz-3'])
  expect(namesFor({ ...person, userName: '…' })[0]).toBe('member')
})

test('who has no verified e-mail address comes from no domain', () => {
  const admitting = { domains: [''], groups: [], createsAccounts: true }
  expect(isAdmitted(admitting, person)).toBe(false)
})
