import { expect, test } from 'vitest'
import { judge, judgeData } from '../../scripts/checks/licences.ts'

const objections = (packages: Parameters<typeof judge>[0]) =>
  judge(packages)
    .filter(({ objection }) => objection)
    .map(({ name }) => name)

test('a package without a licence, or with one that does not go with ours, is refused', () => {
  const packages = {
    '': { license: 'MIT' },
    'node_modules/good': { license: 'MIT' },
    'node_modules/either': { license: '(GPL-2.0-only OR MIT)' },
    'node_modules/both': { license: 'MIT AND GPL-3.0-only' },
    'node_modules/viral': { license: 'AGPL-3.0-or-later' },
    'node_modules/silent': {},
  }
  expect(objections(packages)).toEqual(['both', 'silent', 'viral'])
})

test('the LGPL is fit for shared libraries alone', () => {
  const license = 'LGPL-3.0-or-later'
  expect(
    objections({
      'node_modules/@img/sharp-libvips-linux-x64': { license },
      'node_modules/copied-into-ours': { license },
    }),
  ).toEqual(['copied-into-ours'])
})

test('packages for development count only where they become part of what is built', () => {
  const licence = { license: 'UNLICENSED', dev: true }
  expect(objections({ 'node_modules/svelte': licence, 'node_modules/vitest': licence })).toEqual(['svelte'])
})

test('data that ask for their author to be named are refused where a language does not name it', () => {
  const named = 'Names of towns: GeoNames (geonames.org), CC BY 4.0, shortened.'
  expect(judgeData([named, named]).map(({ objection }) => objection)).toEqual([null])
  expect(judgeData([named, 'Noms de villes'])[0]?.objection).toBeTruthy()
})
