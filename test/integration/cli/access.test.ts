import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { readRights } from '../../../src/core/access/grants.ts'
import { keepPeople } from '../../../src/core/access/requests.ts'
import type { Account, Group } from '../../../src/shared/schemas/account.ts'
import type { Share } from '../../../src/shared/schemas/access.ts'
import type { SessionInfo } from '../../../src/shared/schemas/gallery.ts'
import { cimaiseWith, command, commandJson } from '../../support/cli.ts'
import { galleryEnvironment } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'

const password = 'correct horse battery'

/** A gallery with the album Corsica; Redis runs all the while. */
const setUp = async () => {
  const env = await galleryEnvironment()
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  await albumWithPhotos(owner, 'Corsica', 2)
  const as = (name: string, secret = password) => ({
    ...env,
    CIMAISE_ACCOUNT: name,
    CIMAISE_PASSWORD: secret,
  })
  return { env, owner, as }
}

test('an account is made with its password on standard input, given a right, and removed', async () => {
  const { env, as } = await setUp()
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
  expect(await commandJson<SessionInfo>(as('ana'), 'whoami')).toMatchObject({
    account: 'ana',
    administrator: false,
  })
  expect(await command(env, 'account', 'grant', 'ana', 'corsica', 'read')).toMatchObject({ code: 0 })
  expect(await commandJson(as('ana'), 'albums')).toMatchObject([{ title: 'Corsica', photos: 2 }])
  expect(await command(as('ana'), 'album', 'create', 'Mine')).toMatchObject({ code: 0 })
  expect(await command(as('ana'), 'album', 'rename', 'Mine', 'My own')).toMatchObject({ code: 0 })
  expect((await commandJson<Account[]>(env, 'account', 'list')).map(({ name }) => name)).toEqual([
    'ana',
    'owner',
  ])
  expect(await command(env, 'account', 'remove', 'ana')).toMatchObject({ code: 0 })
  expect(await command(as('ana'), 'albums')).toMatchObject({ code: 1 })
})

test('passwords that are too easy, names that are none and rights that are none are refused in words', async () => {
  const { env } = await setUp()
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
  expect((await command(env, 'account', 'grant', 'owner', 'Corsica', 'all')).err).toContain('is no right')
  expect((await command(env, 'account', 'grant', 'nobody', 'Corsica', 'read')).code).toBe(1)
  expect((await command(env, 'account', 'remove', 'owner')).err).toContain('You cannot delete the account')
  expect((await command(env, 'account', 'demote', 'owner')).err).toContain(
    'The gallery needs an administrator',
  )
  expect((await command(env, 'account', 'frobnicate')).code).toBe(2)
})

test('groups are made, filled, given rights and removed', async () => {
  const { env, as } = await setUp()
  await cimaiseWith(`${password}\n`, env, 'account', 'add', 'ana')
  await command(env, 'group', 'create', 'crew')
  expect(await commandJson<Group>(env, 'group', 'add', 'crew', 'ana')).toMatchObject({ members: ['ana'] })
  await command(env, 'group', 'grant', 'crew', 'Corsica', 'modify')
  expect(await commandJson(as('ana'), 'albums')).toHaveLength(1)
  await command(env, 'group', 'drop', 'crew', 'ana')
  expect(await commandJson(as('ana'), 'albums')).toHaveLength(0)
  expect(await command(env, 'group', 'delete', 'crew')).toMatchObject({ code: 0 })
  expect(await commandJson(env, 'group', 'list')).toEqual([])
})

test('members change their own password with the current one, and it waits where no administrator is there', async () => {
  const { env, owner, as } = await setUp()
  await cimaiseWith(`${password}\n`, env, 'account', 'add', 'ana')
  const next = 'seashells by the shore'
  const wrong = await cimaiseWith(`not the one\n${next}\n`, as('ana'), 'account', 'password')
  expect(wrong).toMatchObject({ code: 1, err: 'The current password is not right.\n' })
  const waiting = await cimaiseWith(`${password}\n${next}\n`, as('ana'), 'account', 'password')
  expect([waiting.code, waiting.out]).toEqual([1, expect.stringContaining('as soon as an administrator')])
  expect(await command(as('ana'), 'whoami')).toMatchObject({ code: 0 })
  // An administrator comes, if only for one command: what waited is done.
  await command(env, 'albums')
  expect(await command(as('ana', next), 'whoami')).toMatchObject({ code: 0 })
  const leave = keepPeople(owner)
  const back = await cimaiseWith(`${next}\n${password}\n`, as('ana', next), 'account', 'password')
  expect(back).toMatchObject({ code: 0, out: 'Your password is changed.\n' })
  leave()
  expect(await command(as('ana', next), 'whoami')).toMatchObject({ code: 1 })
  const reset = await cimaiseWith(`${next}\n`, env, 'account', 'password', 'ana')
  expect(reset).toMatchObject({ code: 0, out: 'ana has a new password.\n' })
  expect(await command(as('ana', next), 'whoami')).toMatchObject({ code: 0 })
})

test('what a link and a public album show and give is chosen on the command line, and changed there', async () => {
  const { env } = await setUp()
  const made = await commandJson<{ name: string }>(
    env,
    ...['share', 'create', 'Corsica', '--until', '2090-01-01', '--show', 'place', 'marks'],
  )
  const shows = async () => (await commandJson<Share[]>(env, 'share', 'list')).map((link) => link.shows)
  expect(await shows()).toEqual([{ place: true, camera: false, marks: true, download: 'preview' }])
  expect(await command(env, 'share', 'edit', made.name, '--download', 'none')).toMatchObject({ code: 0 })
  expect(await shows()).toEqual([{ place: false, camera: false, marks: false, download: 'none' }])
  expect(await command(env, 'share', 'edit', made.name, '--download', 'all')).toMatchObject({ code: 2 })
  expect(await command(env, 'share', 'edit', made.name, '--until', '2001-01-01')).toMatchObject({ code: 1 })
  expect(await command(env, 'share', 'edit', 'share~Nobody12', '--label', 'Zoé')).toMatchObject({ code: 1 })
  const publish = ['album', 'public', 'Corsica', '--show', 'camera', '--download', 'original']
  expect(await command(env, ...publish)).toMatchObject({ code: 0 })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  expect(Object.values((await readRights(await gallery.self())).shows)).toEqual([
    { place: false, camera: true, marks: false, download: 'original' },
  ])
  expect(await command(env, 'share', 'edit', made.name, '--show', 'place', '--listed')).toMatchObject({
    code: 0,
  })
  expect(await shows()).toMatchObject([{ place: true, listed: true }])
  expect(await command(env, 'share', 'edit', made.name, '--show', 'place')).toMatchObject({ code: 0 })
  expect((await shows())[0]).not.toHaveProperty('listed')
  expect(await command(env, 'album', 'public', 'Corsica', '--listed')).toMatchObject({ code: 0 })
  expect(Object.values((await readRights(await gallery.self())).shows)).toMatchObject([
    { listed: true, download: 'preview' },
  ])
  expect(await command(env, 'album', 'public', 'Corsica', '--no-listed')).toMatchObject({ code: 0 })
  expect(Object.values((await readRights(await gallery.self())).shows)[0]).not.toHaveProperty('listed')
})
