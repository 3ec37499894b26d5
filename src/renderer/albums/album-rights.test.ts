import { expect, test } from 'vitest'
import { mayRename } from './album-rights.ts'

const member = { account: 'ada', administrator: false, canCreateAlbums: true }
const own = { id: 'ada~Ab12cd34EF56' }
const given = { id: 'ada~abcdefgh' }
const foreign = { id: 'bob~Ab12cd34EF56' }

test('a member who may make albums may rename one that is their own', () => {
  expect(mayRename(member, [own])).toBe(true)
})

test('a member may not rename an album of another account, alone or below a branch of their own', () => {
  expect(mayRename(member, [foreign])).toBe(false)
  expect(mayRename(member, [own, foreign])).toBe(false)
})

test('an account whose name begins with another one’s is another account', () => {
  expect(mayRename({ ...member, account: 'ad' }, [own])).toBe(false)
})

test('an album that was only given to a member is not theirs to rename', () => {
  expect(mayRename(member, [given])).toBe(false)
})

test('who may no longer make albums may not rename the ones made before', () => {
  expect(mayRename({ ...member, canCreateAlbums: false }, [own])).toBe(false)
})

test('administrators may rename every album, and no account a branch without any', () => {
  const administrator = { ...member, administrator: true }
  expect(mayRename(administrator, [own, foreign, given])).toBe(true)
  expect(mayRename(administrator, [])).toBe(false)
  expect(mayRename(null, [own])).toBe(false)
})
