import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { applyChanges } from '../../src/core/changes/apply-changes.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { createGroup } from '../../src/core/access/groups.ts'
import { setRights } from '../../src/core/access/grants.ts'
import { createShare } from '../../src/core/access/shares.ts'
import { pageOfPhotos } from '../../src/core/photos/photos.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { listTags } from '../../src/core/photos/tags.ts'
import { guestName } from '../../src/core/redis/acl/redis-users.ts'
import { listComments, writeComment } from '../../src/core/comments/comments.ts'
import { qualified } from '../../src/core/redis/functions.ts'
import type { AccessLevel, RightChange } from '../../src/shared/schemas/access.ts'
import { startGallery } from '../support/gallery.ts'
import { change, albumWithPhotos } from '../support/organise.ts'
import { addAccount, plainClient } from '../support/accounts.ts'

const levels: AccessLevel[] = ['none', 'read', 'comment', 'modify']
const accounts = ['ana', 'bob', 'cem']
const albumTitles = ['Alpha', 'Beta', 'Gamma', 'Delta']

interface Model {
  grants: AccessLevel[][]
  groups: { members: boolean[]; grants: AccessLevel[] }[]
  shown: boolean[]
  canCreateAlbums: boolean[]
  shared: number
}

const level = fc.constantFrom(...levels)
const perAlbum = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 4, maxLength: 4 })
const perAccount = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 3, maxLength: 3 })

const models: fc.Arbitrary<Model> = fc.record({
  grants: perAccount(perAlbum(level)),
  groups: fc.array(fc.record({ members: perAccount(fc.boolean()), grants: perAlbum(level) }), {
    minLength: 2,
    maxLength: 2,
  }),
  shown: perAlbum(fc.boolean()),
  canCreateAlbums: perAccount(fc.boolean()),
  shared: fc.nat({ max: 3 }),
})

/** What the model says that an account may do with an album: worked out here, apart from the program. */
const allowed = (model: Model, account: number, album: number): AccessLevel => {
  const given = [
    model.grants[account]?.[album],
    ...model.groups.map(({ members, grants }) => (members[account] ? grants[album] : 'none')),
    model.shown[album] ? 'read' : 'none',
  ]
  return levels.findLast((right) => given.includes(right)) ?? 'none'
}

interface Member {
  name: string
  session: Session
  client: Redis
  rights: AccessLevel[]
}

interface Fixture {
  gallery: Gallery
  owner: Session
  /** A Redis user who may see everything, to compare before and after. */
  root: Redis
  albums: { album: string; photos: string[] }[]
  members: Member[]
}

const build = async (model: Model): Promise<Fixture> => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const albums: Fixture['albums'] = []
  for (const title of albumTitles) {
    const made = await albumWithPhotos(owner, title, 3)
    const [first = ''] = made.photos
    await change(owner, [
      { kind: 'tag', album: made.album, photos: made.photos, add: [`Secret ${title}`], remove: [] },
      { kind: 'trash', album: made.album, photos: [first] },
      { kind: 'describe-album', album: made.album, field: 'description', to: `About ${title}` },
    ])
    await writeComment(owner, { album: made.album, photo: null, text: `Of ${title}`, spot: null })
    albums.push(made)
  }
  const made = []
  for (const [i, name] of accounts.entries())
    made.push({
      name,
      ...(await addAccount(gallery, owner, name, { canCreateAlbums: model.canCreateAlbums[i] ?? false })),
    })
  const changes: RightChange[] = []
  const give = (subject: RightChange['subject'], right: AccessLevel | undefined, album: number) =>
    changes.push({ subject, album: albums[album]?.album ?? '', right: right ?? 'none' })
  model.grants.forEach((row, i) => row.forEach((right, n) => give(`account:${accounts[i] ?? ''}`, right, n)))
  for (const [i, { members, grants }] of model.groups.entries()) {
    await createGroup(owner, { name: `group${i}`, join: accounts.filter((_, n) => members[n]) })
    grants.forEach((right, n) => give(`group:group${i}`, right, n))
  }
  model.shown.forEach((shown, n) => give('guest', shown ? 'read' : 'none', n))
  await setRights(owner, changes)
  const share = { name: 'share~Abcd1234', key: newKey() }
  const expires = new Date(Date.now() + 3600_000).toISOString()
  const album = albums[model.shared]?.album ?? ''
  await createShare(owner, { ...share, album, label: '', expires, hasPassword: false })
  const members: Member[] = []
  for (const [i, { name, session, key }] of made.entries()) {
    const rights = albums.map((_, n) => allowed(model, i, n))
    members.push({ name, session, client: await plainClient(gallery, name, key), rights })
  }
  members.push({
    name: guestName,
    session: await gallery.guest(),
    client: await plainClient(gallery, guestName, ''),
    rights: model.shown.map((shown) => (shown ? 'read' : 'none')),
  })
  members.push({
    name: share.name,
    session: await gallery.login(share.name, share.key),
    client: await plainClient(gallery, share.name, share.key),
    rights: albums.map((_, n) => (n === model.shared ? 'read' : 'none')),
  })
  await owner.redis.call('ACL', 'SETUSER', 'root', 'on', '>root', '~*', '&*', '+@all')
  return { gallery, owner, root: await plainClient(gallery, 'root', 'root'), albums, members }
}

/** Every key and its bytes, without those that an account may write for itself. */
const snapshot = async (root: Redis, own: RegExp): Promise<Map<string, string>> => {
  const keys = (await root.keys('*')).filter((key) => !own.test(key)).toSorted()
  const values = await Promise.all(keys.map((key) => root.dumpBuffer(key)))
  return new Map(keys.map((key, i) => [key, values[i]?.toString('base64') ?? '']))
}

/** All commands that the server has, with those below them: `config|get` becomes CONFIG GET. */
const commandsOf = async (root: Redis): Promise<string[][]> => {
  const names = (await root.call('COMMAND', 'LIST')) as string[]
  return names.map((name) => name.split('|'))
}

/** These need no right, and their answers hold nothing but what was sent. */
const harmless = new Set([
  ...['ping', 'acl whoami', 'client setname', 'cluster slots', 'multi', 'exec', 'discard'],
  ...['auth', 'hello', 'quit', 'reset'],
])

/** Arguments with a key at every position where some command expects one. */
const shapes = (key: string, other: string): string[][] => [
  [key],
  [key, key],
  [other, key],
  [key, other],
  [key, '0'],
  [key, '0', '-1'],
  [key, 'field', 'value'],
  [key, '*', 'what', 'x'],
  [key, '-', '+'],
  [key, '1', key, '1'],
  ['1', key],
  ['1', key, 'LEFT'],
  ['0', key],
  ['2', other, key],
  [other, '1', key],
  [other, '2', other, key],
  ['AND', other, key],
  ['return redis.call("HGETALL", KEYS[1])', '1', key],
  ['return redis.call("ZCARD", ARGV[1])', '0', key],
  [qualified('read-hashes'), '1', key, 'name', '100'],
  [qualified('read-ids'), '2', other, key, '0', '-1', ''],
  [qualified('read-scores'), '1', key, 'AAAAAAAAAA'],
  [qualified('read-sizes'), '1', key],
  [qualified('read-ends'), '1', key],
  [qualified('read-events'), '1', key, 'XRANGE', '-', '+', '10', '1000'],
  [qualified('read-tags'), '2', key, key, '10'],
  [qualified('read-albums'), '3', key, other, other, '10', '', ''],
  [qualified('purge-photos'), '4', other, key, key, key, 'x', 'x', '1e99', 'AAAAAAAAAA'],
  ['STREAMS', key, '0-0'],
  ['BLOCK', '1', 'STREAMS', key, '0-0'],
  ['127.0.0.1', '1', key, '0', '10'],
  [key, 'STORE', other],
  [other, 'BY', `${key}*`, 'GET', key],
]

/** Refused for want of a right, or before Redis looked at any key: it says nothing of the key itself. */
const saysNothing = (message: string) =>
  /^NOPERM|wrong number of arguments|syntax error|unknown (sub)?command|Unknown|not an integer|not a valid|Invalid|must be|should be|can't be|out of range|Number of keys|NOSCRIPT|invalid|without MULTI|not supported|require|Script attempted|Unbalanced|NOGROUP|The user executing the script can't|ERR value is|ACL failure in script|min or max|SORT|user_script|Function not found|Bad number of keys provided|No permissions|command not allowed|this user has no permissions/i.test(
    message,
  ) && !/WRONGTYPE|no such key|BUSYKEY|doesn't exist/i.test(message)

let attempts = 0

interface Answer {
  call: string[]
  text: string
  refused: boolean
}

const tryOne = async (client: Redis, call: string[]): Promise<Answer> => {
  const [command = '', ...args] = call
  try {
    return { call, text: JSON.stringify(await client.call(command, ...args)), refused: false }
  } catch (error) {
    const text = (error as Error).message
    return { call, text, refused: saysNothing(text) }
  }
}

/** Sends all at once: in one piece, as writing each to the network took half of the test's time. */
const tryAll = async (client: Redis, calls: string[][]): Promise<Answer[]> => {
  attempts += calls.length
  const { stream } = client
  stream.cork()
  const answers = calls.map((call) => tryOne(client, call))
  stream.uncork()
  return Promise.all(answers)
}

/** Whether a call is about a key: elsewhere its name is only a word, as the name of a field. */
const isAbout = async (root: Redis, call: string[], key: string) => {
  if (/^(eval|fcall)/i.test(call[0] ?? '')) return true
  const keys = await root.call('COMMAND', 'GETKEYS', ...call).catch(() => [])
  return (keys as string[]).includes(key)
}

const globalKeys = ({ keys }: Session, name: string) => [
  ...[keys.albums, keys.users, keys.administrators, keys.groups, keys.makers, keys.logins, keys.rights],
  ...[keys.applied, keys.audit, keys.titles, keys.events, keys.deletedAlbums, keys.visits],
  ...[keys.loginCodes, keys.passkeys, keys.loginCounters, keys.answeredOnce('challenge')],
  ...[keys.keptLogins, keys.providerLinks, keys.providerWaiting, keys.providerGroups],
  ...[keys.mailRun, keys.mailNews('owner'), keys.mailTries, keys.mailTold, keys.mailLog],
  ...['owner', ...accounts, 'share~Abcd1234']
    .filter((other) => other !== name)
    .flatMap((other) => [
      keys.account(other),
      keys.grants(other),
      keys.effective(other),
      keys.requests(other),
      keys.mailWishes(other),
      keys.mailbox(other),
      keys.recovery(other),
      keys.tokens(other),
      keys.tokenUsed(other, 'token~Abcd1234'),
    ]),
  ...[keys.group('group0'), keys.groupMembers('group0'), keys.groupGrants('group0')],
  keys.library('owner', 'host'),
  keys.acts('owner'),
  keys.keptRights('owner~12345678'),
  keys.purging,
  keys.albumFamily('owner~'),
]

/** Every kind of key that an album has. */
const albumKeys = ({ keys }: Session, title: string, album: string, photo: string) => [
  ...[keys.albumInfo(album), keys.albumPhotos(album), keys.photo(album, photo), keys.albumTags(album)],
  ...[keys.albumTagNames(album), keys.albumTag(album, `secret ${title.toLowerCase()}`)],
  ...[keys.albumTrash(album), keys.albumEvents(album)],
]

/** What others said of an album: nobody changes it, and guests and links do not even read it. */
const talkKeys = ({ keys }: Session, album: string) => [
  ...[keys.comments(album, 'owner'), keys.commenters(album)],
  ...[keys.selections(album), keys.picks(album, 'share~Efgh5678')],
]

const isAccount = (name: string) => accounts.includes(name)

/** Commands that an account may run at all, by what Redis answers; with any other, no key makes a difference. */
const runnable = async (client: Redis, commands: string[][], key: string) => {
  const kept: string[][] = []
  for (const words of commands) {
    const answers = await tryAll(
      client,
      shapes(key, key).map((args) => [...words, ...args]),
    )
    const forbidden = answers.every(({ text }) =>
      /no permissions to run the|wrong number|unknown/i.test(text),
    )
    if (!forbidden) kept.push(words)
  }
  return kept
}

const attack = async ({ root, albums }: Fixture, { name, session, client, rights }: Member) => {
  const commands = (await commandsOf(root)).filter((words) => !harmless.has(words.join(' ')))
  const own = session.keys.accountEvents(name)
  const hidden = albums.flatMap(({ album, photos }, n) =>
    rights[n] === 'none' ? albumKeys(session, albumTitles[n] ?? '', album, photos[1] ?? '') : [],
  )
  const unheard = albums.filter((_, n) => rights[n] === 'none' || !isAccount(name))
  const keys = [
    ...hidden,
    ...unheard.flatMap(({ album }) => talkKeys(session, album)),
    ...globalKeys(session, name),
  ]
  const found: string[] = []
  for (const words of await runnable(client, commands, keys[0] ?? ''))
    for (const key of keys) {
      const calls = shapes(key, own).map((args) => [...words, ...args])
      for (const { call, text, refused } of await tryAll(client, calls))
        if (!refused && (await isAbout(root, call, key))) found.push(`${call.join(' ')} → ${text}`)
    }
  const keyless = commands.flatMap((words) =>
    [[], ['*'], ['0'], ['0', 'MATCH', '*'], [name], ['x', 'y']].map((args) => [...words, ...args]),
  )
  for (const { call, text, refused } of await tryAll(client, keyless))
    // With no key of the gallery in it, a command may answer that there is nothing.
    if (!refused && /cimaise|secret|alpha|beta|gamma|delta/i.test(text))
      found.push(`${call.join(' ')} → ${text}`)
  return found
}

/** What one may look at but not change: every command with every shape, and nothing is different afterwards. */
const defile = async ({ root, albums }: Fixture, { session, client, rights }: Member) => {
  const commands = (await commandsOf(root)).filter((words) => !harmless.has(words.join(' ')))
  const { keys } = session
  const readable = albums.flatMap(({ album, photos }, n) =>
    rights[n] === 'read' || rights[n] === 'comment'
      ? albumKeys(session, albumTitles[n] ?? '', album, photos[1] ?? '')
      : [],
  )
  const heard = albums.flatMap(({ album }, n) => (rights[n] === 'none' ? [] : talkKeys(session, album)))
  const attacked = [...readable, ...heard, keys.meta, keys.public, keys.account(session.account)]
  for (const words of await runnable(client, commands, keys.meta))
    for (const key of attacked)
      await tryAll(
        client,
        shapes(key, key).map((args) => [...words, ...args]),
      )
}

/** Everything that the rights do allow works. */
const work = async ({ albums }: Fixture, { name, session, rights }: Member) => {
  const seen = await listAlbums(session)
  const mine = new Map(seen.map(({ id, right }) => [id, right]))
  albums.forEach(({ album }, n) => {
    if (rights[n] === 'none') expect(mine.has(album)).toBe(false)
    else expect(mine.get(album)).toBe(rights[n])
  })
  const view = { album: null, sort: 'taken' as const, descending: true }
  const { total } = await pageOfPhotos(session, view, 0, 100)
  expect(total).toBe(2 * rights.filter((right) => right !== 'none').length)
  expect(await listTags(session)).toHaveLength(rights.filter((right) => right !== 'none').length)
  for (const [n, { album, photos }] of albums.entries()) {
    const rate = applyChanges(session, {
      act: 'a'.repeat(12),
      mode: 'strict',
      changes: [
        {
          kind: 'edit',
          album,
          field: 'rating',
          values: photos.slice(1).map((photo) => ({ photo, to: '3' })),
        },
      ],
    })
    if (rights[n] === 'modify') expect((await rate).changed).toBeLessThanOrEqual(2)
    else await expect(rate).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const heard = listComments(session, album, null)
    if (rights[n] !== 'none' && isAccount(name))
      expect((await heard).map(({ text }) => text)).toContain(`Of ${albumTitles[n]}`)
    else await expect(heard).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const said = writeComment(session, { album, photo: null, text: 'Said', spot: null })
    if (rights[n] === 'comment' || rights[n] === 'modify') expect((await said).writer).toBe(name)
    else await expect(said).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
}

test(
  'whatever rights there are, Redis gives away and changes nothing beyond them, and refuses nothing within',
  { timeout: 600_000 },
  async () => {
    const { stackTraceLimit } = Error
    onTestFinished(() => void Object.assign(Error, { stackTraceLimit }))
    Error.stackTraceLimit = 0 // nobody reads where a million refusals were made
    await fc.assert(
      fc.asyncProperty(models, async (model) => {
        const fixture = await build(model)
        for (const member of fixture.members) {
          await work(fixture, member)
          const writable = fixture.albums
            .filter((_, n) => member.rights[n] === 'modify')
            .map(({ album }) => `:album:${album}:`)
          const said = fixture.albums
            .filter((_, n) => ['comment', 'modify'].includes(member.rights[n] ?? ''))
            .map(({ album }) => `:talk:${album}:(by:${member.name}$|events)`)
          const own = new RegExp(
            [
              ...[...writable, ...said, `:user:${member.name}:(library|requests|seen)`],
              ...[`:maker:${member.name}`, `:talk:${member.name}~`, 'thumb:'],
            ].join('|'),
          )
          const before = await snapshot(fixture.root, own)
          expect(await attack(fixture, member)).toEqual([])
          await defile(fixture, member)
          expect(await snapshot(fixture.root, own)).toEqual(before)
        }
      }),
      { numRuns: Number(process.env['ADVERSARY_RUNS'] ?? 2) },
    )
    console.log(`${attempts.toLocaleString('en')} attempts`)
    expect(attempts).toBeGreaterThan(100_000)
  },
)
