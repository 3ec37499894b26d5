import { ORPCError } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { pageOfPhotos } from '../../src/core/photos/photos.ts'
import type { GalleryEvent } from '../../src/shared/schemas/event.ts'
import { change, albumWithPhotos } from '../support/organise.ts'
import { connect, everyTransport } from './transports.ts'

const view = { album: null, sort: 'taken' as const, descending: false }

const thrown = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  )

describe.each(everyTransport)('the contract %s', (transport) => {
  test('a call is answered as the core answers', async () => {
    const { client, owner } = await connect(transport)
    const { album, photos } = await albumWithPhotos(owner, 'Été', 3)
    expect(await client.albums.list()).toMatchObject([{ id: album, title: 'Été', photos: 3 }])
    const page = await client.photos.page({ view, offset: 1, limit: 2 })
    expect(page.photos.map(({ id }) => id)).toEqual(photos.slice(1))
    expect(page).toEqual(await pageOfPhotos(owner, view, 1, 2))
  })

  test('numbers, null, what is undefined and text of any script come through as they are', async () => {
    const { client, owner } = await connect(transport)
    const { album, photos } = await albumWithPhotos(owner, 'Sea', 1)
    const [photo = ''] = photos
    const title = 'Été 写真 \u{1f5bc} "quoted" \\ {}'
    await change(owner, [{ kind: 'edit', album, field: 'caption', values: [{ photo, to: title }] }])
    const page = await client.photos.page({ view: { ...view, filter: undefined }, offset: 0, limit: 10 })
    expect(page).toMatchObject({ total: 1, photos: [{ rating: 0, width: 6000, flag: null }] })
    expect(await client.photos.show({ album, photo })).toMatchObject({ caption: title, latitude: null })
    const done = await client.changes.apply({
      act: 'a'.repeat(12),
      mode: undefined,
      changes: [{ kind: 'edit', album, field: 'rating', values: [{ photo, to: '5' }] }],
    })
    expect(done).toMatchObject({ changed: 1, skipped: 0, album: null })
  })

  test('what is refused comes with its code and words that are fit for users', async () => {
    const { client } = await connect(transport)
    const missing = await thrown(client.albums.find({ album: 'nowhere' }))
    expect(missing).toBeInstanceOf(ORPCError)
    expect(missing).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('nowhere') as string,
    })
    expect(await thrown(client.desktop.chooseFolders())).toMatchObject({
      code: 'UNSUPPORTED',
      message: 'Only the desktop app can do that.',
    })
  })

  test('an input that does not fit the contract reaches nothing, and the answer says what is wrong with it', async () => {
    const { client } = await connect(transport)
    const wrong = await thrown(client.photos.page({ view, offset: 0, limit: 501 }))
    expect(wrong).toMatchObject({
      code: 'BAD_REQUEST',
      data: { issues: [{ path: ['limit'] }], text: { id: 'badInput' } },
    })
    expect(await thrown(client.photos.page({ offset: 0 } as never))).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('what happens is pushed while it is listened to, until the listener leaves', async () => {
    const { client, owner } = await connect(transport)
    /** Connections that wait for what happens. */
    const waiting = async () =>
      [...String(await owner.redis.call('CLIENT', 'LIST')).matchAll(/ flags=\w*b/g)].length
    const before = await waiting()
    const stop = new AbortController()
    const heard: GalleryEvent[] = []
    const events = await client.events.follow(undefined, { signal: stop.signal })
    const ended = (async () => {
      for await (const event of events) heard.push(event)
    })().catch((error: unknown) => error)
    await expect.poll(() => heard).toContainEqual({ kind: 'resync' })
    await expect.poll(waiting).toBeGreaterThan(before)
    const { album } = await albumWithPhotos(owner, 'Sea', 2)
    await expect.poll(() => JSON.stringify(heard)).toContain(album)
    stop.abort()
    await ended
    // Over HTTP it is the server's own tests that end sockets in every way (integration/server/floods.test.ts).
    if (transport !== 'over HTTP') await expect.poll(waiting).toBe(before)
  })
})
