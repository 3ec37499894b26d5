import { expect, test } from 'vitest'
import { publish } from '../../../src/core/access/grants.ts'
import { createShare } from '../../../src/core/access/shares.ts'
import { listActivity } from '../../../src/core/events/activity.ts'
import { listCollections } from '../../../src/core/collections/collections.ts'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { photoRefs, showPhoto } from '../../../src/core/photos/photos.ts'
import { commonOfPhotos } from '../../../src/core/photos/common.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { setStatuses } from '../../../src/core/statuses/set-statuses.ts'
import { readStatuses } from '../../../src/core/statuses/status-list.ts'
import { usualStatuses, type Status } from '../../../src/shared/schemas/status.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

const begin = async (count = 4) => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  return { gallery, owner, ...(await albumWithPhotos(owner, 'Wedding', count)) }
}

const give = (session: Session, album: string, photos: string[], to: string | null) =>
  change(session, [{ kind: 'edit', album, field: 'status', values: photos.map((photo) => ({ photo, to })) }])

/** The photos of an album that a filter by status leaves, in the order of their ids. */
const having = async (session: Session, album: string, status: string) => {
  const view = { album, sort: 'taken', descending: false, filter: { status } } as const
  return (await photoRefs(session, view, 0, 100)).map((ref) => ref.split('/')[1]).toSorted()
}

const statusOf = async (session: Session, album: string, photo = '') =>
  (await showPhoto(session, album, photo)).status

const printer: Status = { id: 'printer', name: 'At the printer', colour: 'purple' }

test('a photo is given a status and found by it; it is in the record of what happened, and undone', async () => {
  const { owner, album, photos } = await begin()
  const [a = '', b = '', c = ''] = photos
  expect(await readStatuses(owner)).toEqual(usualStatuses)
  await give(owner, album, [a, b], 'edited')
  const { undo } = await give(owner, album, [a, c], 'delivered')
  expect(await having(owner, album, 'delivered')).toEqual([a, c].toSorted())
  expect(await having(owner, album, 'edited')).toEqual([b])
  expect(await having(owner, album, 'none')).toEqual(photos.slice(3))
  const [last] = await listActivity(owner, album, 10)
  expect(last).toMatchObject({ what: 'edited', field: 'status', to: 'delivered', photos: 2, proven: true })
  const refs = [a, b].map((photo) => `${album}/${photo}`)
  const common = await commonOfPhotos(owner, refs)
  expect(common.status).toBeNull()
  expect(common.mixed).toContain('status')
  await change(owner, undo, 'strict')
  expect(await Promise.all([a, b, c].map((photo) => statusOf(owner, album, photo)))).toEqual([
    'edited',
    'edited',
    null,
  ])
  expect(await findings(owner)).toEqual([])
})

test('what cannot be the id of a status is refused', async () => {
  const { owner, album, photos } = await begin()
  await expect(give(owner, album, photos, 'to edit')).rejects.toMatchObject({ code: 'INVALID' })
})

test('a status that goes leaves its photos another one, or their own until it comes back', async () => {
  const { owner, album, photos } = await begin()
  const [a = '', b = ''] = photos
  await setStatuses(owner, { statuses: [...usualStatuses, printer], replaced: [] })
  await give(owner, album, [a, b], 'printer')
  const other = await albumWithPhotos(owner, 'Portraits', 1)
  await give(owner, other.album, other.photos, 'printer')
  await setStatuses(owner, { statuses: usualStatuses, replaced: [] })
  expect(await having(owner, album, 'printer')).toEqual([])
  expect(await having(owner, album, 'none')).toEqual(photos.toSorted())
  await setStatuses(owner, { statuses: [...usualStatuses, printer], replaced: [] })
  expect(await having(owner, album, 'printer')).toEqual([a, b].toSorted())
  const replaced = [{ from: 'printer', to: 'edited' }]
  expect(await setStatuses(owner, { statuses: usualStatuses, replaced })).toBe(3)
  expect(await having(owner, album, 'edited')).toEqual([a, b].toSorted())
  expect(await statusOf(owner, other.album, other.photos[0])).toBe('edited')
  const gone = [{ from: 'edited', to: 'printer' }]
  await expect(setStatuses(owner, { statuses: usualStatuses, replaced: gone })).rejects.toMatchObject({
    code: 'INVALID',
  })
})

test('a list that is none, as by hand, counts as the usual one', async () => {
  const { owner } = await begin(1)
  for (const text of ['no JSON', '[{"id":"a"}]', '{}']) {
    await owner.redis.set(owner.keys.statuses, text)
    expect(await readStatuses(owner)).toEqual(usualStatuses)
  }
})

test('the windows of all accounts hear that there are other statuses', async () => {
  const { gallery, owner } = await begin(1)
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  const heard = followEvents(ana, AbortSignal.timeout(30_000))
  expect((await heard.next()).value).toEqual({ kind: 'resync' })
  await setStatuses(owner, { statuses: [printer], replaced: [] })
  expect((await heard.next()).value).toEqual({ kind: 'resync' })
  expect(await readStatuses(ana)).toEqual([printer])
  await heard.return(undefined)
})

test('members read which statuses there are and set them where they may modify; administrators alone change the list', async () => {
  const { gallery, owner, album, photos } = await begin()
  const ana = await addAccount(gallery, owner, 'ana')
  const rob = await addAccount(gallery, owner, 'rob')
  await grant(owner, 'ana', { [album]: 'modify' })
  await grant(owner, 'rob', { [album]: 'read' })
  await give(ana.session, album, photos.slice(0, 1), 'edited')
  expect(await having(rob.session, album, 'edited')).toEqual(photos.slice(0, 1))
  await expect(give(rob.session, album, photos, 'edited')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  for (const { session, key } of [ana, rob]) {
    await expect(setStatuses(session, { statuses: [printer], replaced: [] })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    const byHand = await plainClient(gallery, session.account, key)
    await expect(byHand.set(owner.keys.statuses, '[]')).rejects.toThrow('NOPERM')
    await expect(byHand.del(owner.keys.statuses)).rejects.toThrow('NOPERM')
  }
  expect(await readStatuses(owner)).toEqual(usualStatuses)
})

test('to strangers no photo has a status, and there are none', async () => {
  const { gallery, owner, album, photos } = await begin()
  await setStatuses(owner, { statuses: [printer], replaced: [] })
  await give(owner, album, photos.slice(0, 1), 'printer')
  await publish(owner, album, true)
  const share = { name: 'share~Abcd1234', key: newKey(), album, label: '', hasPassword: false }
  await createShare(owner, { ...share, expires: new Date(Date.now() + 3_600_000).toISOString() })
  const visitor = await gallery.login(share.name, share.key)
  for (const stranger of [await gallery.guest(), visitor]) {
    expect(await readStatuses(stranger)).toEqual([])
    expect(await having(stranger, album, 'printer')).toEqual([])
    expect(await having(stranger, album, 'none')).toEqual(photos.toSorted())
    await expect(stranger.redis.get(owner.keys.statuses)).rejects.toThrow('NOPERM')
  }
})

test('a smart album looks for a status, and strangers find nothing in it', async () => {
  const { gallery, owner, album, photos } = await begin()
  await give(owner, album, photos.slice(0, 2), 'edited')
  const search = { album: null, filter: { status: 'edited' } }
  const { collection } = await change(owner, [{ kind: 'create-collection', title: 'Ready', search }])
  const view = { album: null, collection: collection ?? '', sort: 'taken', descending: false } as const
  expect(await photoRefs(owner, view, 0, 10)).toHaveLength(2)
  expect(await listCollections(owner)).toMatchObject([{ title: 'Ready', photos: 2 }])
  await publish(owner, album, true)
  await publish(owner, collection ?? '', true)
  expect(await photoRefs(await gallery.guest(), view, 0, 10)).toEqual([])
})

test('photos are in order of the gallery’s list of statuses, with those without one last; another order of the list is another order', async () => {
  const { owner, album, photos } = await begin(5)
  const [a = '', b = '', c = '', d = '', e = ''] = photos
  await give(owner, album, [a, e], 'delivered')
  await give(owner, album, [b], 'new')
  await give(owner, album, [c], 'edited')
  await give(owner, album, [d], 'new')
  await setStatuses(owner, { statuses: usualStatuses.filter(({ id }) => id !== 'edited'), replaced: [] })
  const inOrder = async (session: Session, descending = false) =>
    (await photoRefs(session, { album, sort: 'status', descending }, 0, 10)).map((ref) => ref.split('/')[1])
  const placed = async () => {
    const order = await inOrder(owner)
    return [[order[0], order[1]].toSorted(), [order[2], order[3]].toSorted(), order[4]]
  }
  expect(await placed()).toEqual([[b, d].toSorted(), [a, e].toSorted(), c])
  expect((await inOrder(owner, true))[0]).toBe(c)
  await setStatuses(owner, { statuses: usualStatuses.toReversed(), replaced: [] })
  const [first, second, third] = await inOrder(owner)
  expect([[first, second].toSorted(), third]).toEqual([[a, e].toSorted(), c])
})
