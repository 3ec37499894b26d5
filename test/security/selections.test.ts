import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { checkHoldings } from '../../src/core/access/holding-limits.ts'
import { editShare } from '../../src/core/access/shares.ts'
import { writeComment } from '../../src/core/comments/comments.ts'
import { keysShownTo } from '../../src/core/redis/keys.ts'
import { listSelections } from '../../src/core/selections/client-selections.ts'
import { describeSelection, ownSelection, pickPhoto } from '../../src/core/selections/own-selection.ts'
import { addAccount, grant, plainClient } from '../support/accounts.ts'
import { startGallery } from '../support/gallery.ts'
import { addLink, choosing } from '../support/links.ts'
import { albumWithPhotos } from '../support/organise.ts'

/** Two links to one album and one that asks for nothing, each with a plain connection, as redis-cli has it. */
const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Wedding', 5)
  const { album: hidden } = await albumWithPhotos(owner, 'Hidden', 1)
  const link = async (of: string, places: number) => {
    const made = await addLink(gallery, owner, of, { label: `For ${places}`, ...choosing(places) })
    return { ...made, client: await plainClient(gallery, made.name, made.key) }
  }
  const [anna, ben, mute, other] = [
    await link(album, 2),
    await link(album, 3),
    await link(album, 0),
    await link(hidden, 2),
  ]
  await pickPhoto(ben.visitor, { photo: photos[0] ?? '', words: 'Of Ben' })
  await writeComment(owner, { album, photo: photos[0] ?? '', text: 'Between us', spot: null })
  return { gallery, owner, album, hidden, photos, anna, ben, mute, other }
}

type Call = [string, ...(string | number)[]]

const writes = (key: string): Call[] => [
  ['HSET', key, '1', 'x'],
  ['HDEL', key, '1'],
  ['DEL', key],
  ['XADD', key, '*', 'a', 'b'],
]
const reads = (key: string): Call[] => [
  ['HGETALL', key],
  ['HGET', key, '1'],
  ['HLEN', key],
  ['XRANGE', key, '-', '+'],
  ['XREAD', 'STREAMS', key, '0'],
]

const refused = async (client: Redis, calls: Call[]) => {
  for (const [command, ...args] of calls)
    await expect(client.call(command, ...args), [command, ...args].join(' ')).rejects.toThrow(/NOPERM/)
}

test('by its own login a link writes into its own list and nothing else, and reads no other list and nothing that was said', async () => {
  const { owner, album, hidden, photos, anna, ben, mute, other } = await setUp()
  const { keys } = owner
  const photo = photos[0] ?? ''
  for (const { client, name } of [anna, mute]) {
    const own = keysShownTo(keys, name)
    const foreign = [
      ...[keys.picks(album, ben.name), keys.picks(hidden, other.name), keys.picks(hidden, name)],
      ...[keys.selections(album), keys.comments(album, 'owner'), keys.comments(album, name)],
      ...[keys.commenters(album), keys.account(ben.name), keys.calls(ben.name)],
    ]
    for (const key of foreign) await refused(client, [...writes(key), ...reads(key)])
    // It may say that there is something new, and hears of nothing itself.
    await refused(
      client,
      reads(keys.talkEvents(album)).filter(([command]) => command !== 'HLEN'), // which finds no hash there
    )
    await refused(client, reads(keys.talkEvents(hidden)))
    for (const key of [keys.photo(album, photo), keys.albumInfo(album), keys.albumEvents(album)])
      await refused(client, [...writes(key), ...reads(key)])
    for (const key of [
      own.photo(album, photo),
      own.albumInfo(album),
      keys.account(name),
      keys.effective(name),
    ])
      await refused(client, writes(key))
  }
  await refused(mute.client, [...writes(keys.picks(album, mute.name)), ['FCALL', 'x', 0]])
  const lists = await listSelections(owner, album)
  expect(lists.find(({ link }) => link === ben.name)).toMatchObject({ picks: [{ photo, words: 'Of Ben' }] })
  expect(lists.find(({ link }) => link === anna.name)).toMatchObject({ picks: [] })
})

test('whatever a link writes into its list by hand, no more photos are chosen than it was made for, each once, in bounded words', async () => {
  const { owner, album, photos, anna } = await setUp()
  const { keys } = owner
  const key = keys.picks(album, anna.name)
  const spoilings: [string, () => Promise<unknown>][] = [
    [
      'too many',
      () => anna.client.hset(key, 'last', 5, ...photos.flatMap((photo, i) => [i + 1, `${photo}\t1\t`])),
    ],
    ['one twice', () => anna.client.hset(key, 'last', 2, 1, `${photos[0]}\t1\t`, 2, `${photos[0]}\t1\t`)],
    ['no photos', () => anna.client.hset(key, 'last', 2, 1, 'x', 2, '../../x\t1\t')],
    ['numbers without end', () => anna.client.hset(key, 'last', 'nan')],
    ['words without end', () => anna.client.hset(key, 'last', 1, 1, `${photos[0]}\t1\t${'x'.repeat(1e6)}`)],
    [
      'names that are none',
      () =>
        anna.client.hset(
          key,
          'name',
          `a\u001b[31m\n${'b'.repeat(200)}`,
          'note',
          'x'.repeat(7000),
          'done',
          'now',
        ),
    ],
    ['another type', () => anna.client.xadd(key, '*', 'a', 'b')],
  ]
  for (const [what, spoil] of spoilings) {
    await anna.client.del(key)
    await spoil()
    const list = (await listSelections(owner, album)).find(({ link }) => link === anna.name)
    const chosen = list?.picks.map(({ photo }) => photo) ?? []
    expect(chosen.length, what).toBeLessThanOrEqual(2)
    expect(new Set(chosen).size, what).toBe(chosen.length)
    expect(list?.name.length, what).toBeLessThanOrEqual(60)
    expect(list?.note.length, what).toBeLessThanOrEqual(2000)
    expect(list?.name, what).not.toMatch(/\p{Cc}/u)
    expect(list?.done, what).toBeNull()
    expect(list?.label, what).toBe('For 2')
    // The program still writes there.
    await describeSelection(anna.visitor, { name: 'Anna', note: '', done: false })
    await pickPhoto(anna.visitor, { photo: chosen[0] ?? photos[3] ?? '', words: what })
  }
})

test('a list that is closed, and one of a link that asks no more, can be changed by no command', async () => {
  const { owner, album, photos, anna } = await setUp()
  const key = owner.keys.picks(album, anna.name)
  await pickPhoto(anna.visitor, { photo: photos[0] ?? '' })
  await editShare(owner, { name: anna.name, answers: { comments: false, selection: 2, closed: true } })
  await refused(anna.client, writes(key))
  expect(await anna.client.hlen(key)).toBe(2)
  await editShare(owner, { name: anna.name, answers: { comments: false, selection: 0, closed: false } })
  await refused(anna.client, [...writes(key), ...reads(key), ['FCALL', 'x', 0]])
  expect(await ownSelection(anna.visitor)).toBeNull()
  expect((await listSelections(owner, album)).find(({ link }) => link === anna.name)).toMatchObject({
    ...{ closed: true, picks: [{ photo: photos[0] }] },
  })
})

test('accounts read what was chosen where they may read the album, and cannot change it, though they may modify the album', async () => {
  const { gallery, owner, album, photos, anna, ben } = await setUp()
  const { keys } = owner
  const { session: mal, key } = await addAccount(gallery, owner, 'mal')
  const { session: noa } = await addAccount(gallery, owner, 'noa')
  await grant(owner, 'mal', { [album]: 'modify' })
  const client = await plainClient(gallery, 'mal', key)
  expect(await listSelections(mal, album)).toHaveLength(2)
  for (const one of [
    keys.picks(album, ben.name),
    keys.picks(album, 'share~Zzzz9999'),
    keys.selections(album),
  ])
    await refused(client, writes(one))
  for (const session of [noa, anna.visitor])
    await expect(listSelections(session, album)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(ownSelection(mal)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(pickPhoto(mal, { photo: photos[0] ?? '' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a link whose list holds more than a link can need is let in no more', async () => {
  const { owner, album, anna, ben } = await setUp()
  const key = owner.keys.picks(album, anna.name)
  for (let n = 0; n < 12; n++) await anna.client.hset(key, `x${n}`, 'x'.repeat(1e6))
  expect(await checkHoldings(owner)).toEqual([anna.name])
  await expect(anna.client.hset(key, 'more', 'x')).rejects.toThrow()
  expect(await ownSelection(ben.visitor)).toMatchObject({ most: 3 })
})
