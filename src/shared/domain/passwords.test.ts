import { expect, test } from 'vitest'
import { generatePassword, passwordProblem, strength } from './passwords.ts'

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
