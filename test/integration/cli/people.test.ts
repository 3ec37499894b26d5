import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { keepPeople } from '../../../src/core/access/requests.ts'
import type { Account, Group } from '../../../src/shared/schemas/account.ts'
import type { SessionInfo } from '../../../src/shared/schemas/gallery.ts'
import { cimaise, cimaiseJson, cimaiseWith } from '../../support/cli.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { hangPhotos } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const password = 'correct horse battery'

/** A gallery with the album Corsica; Redis runs all the while. */
const house = async () => {
  const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-') })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  await hangPhotos(owner, 'Corsica', 2)
  const as = (name: string, secret = password) => ({
    ...env,
    CIMAISE_ACCOUNT: name,
    CIMAISE_PASSWORD: secret,
  })
  return { env, owner, as }
}

test('an account is made with its password on standard input, given a right, and removed', async () => {
  const { env, as } = await house()
  const made = await cimaiseWith(
    `${password}\n`,
    env,
    'account',
    'add',
    'ana',
    '--may-create-albums',
    '--json',
  )
  expect(JSON.parse(made.out)).toMatchObject({ name: 'ana', role: 'member', canCreateAlbums: true })
  expect(await cimaiseJson<SessionInfo>(as('ana'), 'whoami')).toMatchObject({
    account: 'ana',
    administrator: false,
  })
  expect(await cimaise(env, 'account', 'grant', 'ana', 'corsica', 'read')).toMatchObject({ code: 0 })
  expect(await cimaiseJson(as('ana'), 'albums')).toMatchObject([{ title: 'Corsica', photos: 2 }])
  expect(await cimaise(as('ana'), 'album', 'create', 'Mine')).toMatchObject({ code: 0 })
  expect(await cimaise(as('ana'), 'album', 'rename', 'Mine', 'My own')).toMatchObject({ code: 0 })
  expect((await cimaiseJson<Account[]>(env, 'account', 'list')).map(({ name }) => name)).toEqual([
    'ana',
    'owner',
  ])
  expect(await cimaise(env, 'account', 'remove', 'ana')).toMatchObject({ code: 0 })
  expect(await cimaise(as('ana'), 'albums')).toMatchObject({ code: 1 })
})

test('passwords that are too easy, names that are none and rights that are none are refused in words', async () => {
  const { env } = await house()
  const add = (input: string, name: string) => cimaiseWith(input, env, 'account', 'add', name)
  expect(await add('short\n', 'ana')).toMatchObject({
    code: 1,
    err: 'A password has at least 8 characters.\n',
  })
  expect(await add(`${'x'.repeat(10_000)}\n`, 'ana')).toMatchObject({
    code: 1,
    err: 'A password has at most 1024 characters.\n',
  })
  expect((await add(`${password}\n`, 'Ana')).err).toContain('Names have no capital letters: ana.')
  expect((await cimaise(env, 'account', 'grant', 'owner', 'Corsica', 'all')).err).toContain('is no right')
  expect((await cimaise(env, 'account', 'grant', 'nobody', 'Corsica', 'read')).code).toBe(1)
  expect((await cimaise(env, 'account', 'remove', 'owner')).err).toContain('You cannot delete the account')
  expect((await cimaise(env, 'account', 'demote', 'owner')).err).toContain(
    'The gallery needs an administrator',
  )
  expect((await cimaise(env, 'account', 'frobnicate')).code).toBe(2)
})

test('groups are made, filled, given rights and removed', async () => {
  const { env, as } = await house()
  await cimaiseWith(`${password}\n`, env, 'account', 'add', 'ana')
  await cimaise(env, 'group', 'create', 'crew')
  expect(await cimaiseJson<Group>(env, 'group', 'add', 'crew', 'ana')).toMatchObject({ members: ['ana'] })
  await cimaise(env, 'group', 'grant', 'crew', 'Corsica', 'modify')
  expect(await cimaiseJson(as('ana'), 'albums')).toHaveLength(1)
  await cimaise(env, 'group', 'drop', 'crew', 'ana')
  expect(await cimaiseJson(as('ana'), 'albums')).toHaveLength(0)
  expect(await cimaise(env, 'group', 'delete', 'crew')).toMatchObject({ code: 0 })
  expect(await cimaiseJson(env, 'group', 'list')).toEqual([])
})

test('people change their own password with the current one, and it waits where no administrator is there', async () => {
  const { env, owner, as } = await house()
  await cimaiseWith(`${password}\n`, env, 'account', 'add', 'ana')
  const next = 'seashells by the shore'
  const wrong = await cimaiseWith(`not the one\n${next}\n`, as('ana'), 'account', 'password')
  expect(wrong).toMatchObject({ code: 1, err: 'The current password is not right.\n' })
  const waiting = await cimaiseWith(`${password}\n${next}\n`, as('ana'), 'account', 'password')
  expect([waiting.code, waiting.out]).toEqual([1, expect.stringContaining('as soon as an administrator')])
  expect(await cimaise(as('ana'), 'whoami')).toMatchObject({ code: 0 })
  // An administrator comes, if only for one command: what waited is done.
  await cimaise(env, 'albums')
  expect(await cimaise(as('ana', next), 'whoami')).toMatchObject({ code: 0 })
  const leave = keepPeople(owner)
  const back = await cimaiseWith(`${next}\n${password}\n`, as('ana', next), 'account', 'password')
  expect(back).toMatchObject({ code: 0, out: 'Your password is changed.\n' })
  leave()
  expect(await cimaise(as('ana', next), 'whoami')).toMatchObject({ code: 1 })
  const reset = await cimaiseWith(`${next}\n`, env, 'account', 'password', 'ana')
  expect(reset).toMatchObject({ code: 0, out: 'ana has a new password.\n' })
  expect(await cimaise(as('ana', next), 'whoami')).toMatchObject({ code: 0 })
})
