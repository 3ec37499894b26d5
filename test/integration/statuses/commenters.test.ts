import { expect, onTestFinished, test } from 'vitest'
import { answerRequests, keepPeople } from '../../../src/core/access/requests.ts'
import { listActivity } from '../../../src/core/events/activity.ts'
import { showPhoto } from '../../../src/core/photos/photos.ts'
import { setStatusSetters } from '../../../src/core/statuses/status-setters.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change } from '../../support/organise.ts'

/** A gallery, whose server is there unless a test does its part, with Ana, who may comment in one album and look at another. */
const setUp = async ({ isServed = true } = {}) => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  if (isServed) onTestFinished(keepPeople(owner))
  const [spoken, looked] = [
    await albumWithPhotos(owner, 'Spoken', 3),
    await albumWithPhotos(owner, 'Looked', 1),
  ]
  const { session: ana, key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [spoken.album]: 'comment', [looked.album]: 'read' })
  const raw = await plainClient(gallery, 'ana', key)
  const set = (photos: string[], to: string | null, album = spoken.album) =>
    change(ana, [{ kind: 'edit', album, field: 'status', values: photos.map((photo) => ({ photo, to })) }])
  const statusOf = async (photo = '', album = spoken.album) => (await showPhoto(owner, album, photo)).status
  return { owner, ana, raw, spoken, looked, set, statusOf }
}

test('where the gallery lets them, members who may comment set statuses, which can be undone and bear their name', async () => {
  const { owner, ana, spoken, set, statusOf } = await setUp()
  const [first = '', second = ''] = spoken.photos
  await expect(set([first], 'edited')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await setStatusSetters(owner, 'comment')
  const made = await set([first, second], 'edited')
  expect([made.changed, await statusOf(first), await statusOf(second)]).toEqual([2, 'edited', 'edited'])
  const [last] = await listActivity(owner, spoken.album, 10)
  expect(last).toMatchObject({ what: 'edited', field: 'status', by: 'ana', photos: 2, proven: true })
  await change(ana, made.undo, 'strict')
  expect([await statusOf(first), await statusOf(second)]).toEqual([null, null])
  await expect(change(ana, made.undo, 'strict')).rejects.toMatchObject({ code: 'CONFLICT' })
  await setStatusSetters(owner, 'modify')
  await expect(set([first], 'new')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await statusOf(first)).toBe(null)
})

test('they set none where they may only look, none that the gallery has not, and change nothing else', async () => {
  const { owner, ana, spoken, looked, set, statusOf } = await setUp()
  await setStatusSetters(owner, 'comment')
  const [first = ''] = spoken.photos
  await expect(set(looked.photos, 'new', looked.album)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(set([first], 'hidden')).rejects.toMatchObject({ code: 'INVALID' })
  for (const [field, to] of [
    ['title', 'x'],
    ['rating', '3'],
    ['flag', 'pick'],
    ['caption', 'x'],
  ] as const)
    await expect(
      change(ana, [{ kind: 'edit', album: spoken.album, field, values: [{ photo: first, to }] }]),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(change(ana, [{ kind: 'trash', album: spoken.album, photos: [first] }])).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  expect(await statusOf(looked.photos[0], looked.album)).toBe(null)
})

test('by a login of their own they write no record, and what they ask for by hand is a status or nothing', async () => {
  const { owner, raw, spoken, looked } = await setUp({ isServed: false })
  const { keys } = owner
  await setStatusSetters(owner, 'comment')
  const [first = '', second = ''] = spoken.photos
  const record = keys.photo(spoken.album, first)
  const before = await owner.redis.hgetall(record)
  for (const command of [
    ['HSET', record, 'status', 'edited'],
    ['HDEL', record, 'name'],
    ['HSET', keys.meta, 'statusesBy', 'comment'],
    ['SET', keys.statuses, '[]'],
    ['XADD', keys.albumEvents(spoken.album), '*', 'what', 'edited'],
    ['XADD', keys.requests('owner'), '*', 'what', 'status'],
  ] as [string, ...string[]][])
    await expect(raw.call(...command)).rejects.toThrow(/NOPERM/)
  const ask = async (more: Record<string, string>) => {
    const fields = { what: 'status', album: spoken.album, act: 'a'.repeat(12), session: 'Abcd1234', ...more }
    await raw.xadd(keys.requests('ana'), '*', ...Object.entries(fields).flat())
    await answerRequests(owner)
  }
  await ask({ values: `${second}=edited` })
  expect(await owner.redis.hget(keys.photo(spoken.album, second), 'status')).toBe('edited')
  for (const wrong of [
    { values: `${first}=notOne` },
    { values: `${first}=edited`, album: looked.album },
    { values: `${first}=edited title=x`, what: 'rating' },
    { values: `../${first}=edited` },
  ])
    await ask(wrong)
  expect(await owner.redis.hgetall(record)).toEqual(before)
})
