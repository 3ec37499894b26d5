import { hostname } from 'node:os'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { keysShownTo } from '../../src/core/redis/keys.ts'
import { leastShown, type VisitorSwitches } from '../../src/shared/domain/visitor-switches.ts'
import { clientOf } from '../support/client.ts'
import { isMarked } from '../support/pictures/marked.ts'
import {
  gotByHttp,
  placeBytes,
  planted,
  readByHand,
  servedToVisitors,
  toldByRpc,
  visitorsOf,
} from './what-visitors-get.ts'

const holds = (bytes: Buffer, texts: string[]) => texts.filter((text) => bytes.includes(text))
const holdsPlace = (bytes: Buffer) => placeBytes.some((place) => bytes.includes(place))

const choices: VisitorSwitches[] = [
  leastShown,
  { place: true, camera: false, marks: false, download: 'none' },
  { place: true, camera: true, marks: false, download: 'preview', watermark: true },
  { place: false, camera: true, marks: true, download: 'original' },
  { place: true, camera: true, marks: true, download: 'preview' },
  { place: true, camera: true, marks: false, download: 'original' },
]

test('by HTTP and by a login of their own, guests and visitors of a link get every byte that the switches let through, and no other', async () => {
  const fixture = await servedToVisitors()
  const { server, owner, album, collection, ids, link } = fixture
  const secrets = [...planted.never, ids.rejected, ids.trashed, hostname(), owner.host]
  for (const { cookie, raw, choose } of await visitorsOf(fixture))
    for (const shows of cookie === '' ? choices.slice(0, 3) : choices) {
      const { place, camera, marks, download, watermark = false } = shows
      const which = `${cookie === '' ? 'guest' : 'link'} ${JSON.stringify(shows)}`
      await choose(shows)
      const client = clientOf(server, cookie)

      const { text, found } = await toldByRpc(client, album, [ids.first, ids.second])
      const told = Buffer.from(text)
      expect(holds(told, secrets), which).toEqual([])
      expect(holds(told, planted.camera), which).toHaveLength(camera ? 2 : 0)
      expect(holds(told, planted.place), which).toHaveLength(place ? 2 : 0)
      // The town and the country of the place.
      expect(text.includes('"country":"ES"'), which).toBe(place)
      expect(text.includes('spain'), which).toBe(place)
      expect(text.includes('"rating":5'), which).toBe(marks)
      expect(text.includes('"flag":"pick"'), which).toBe(marks)
      expect(text.includes('"label":"green"'), which).toBe(marks)
      // What is hidden is found by no filter.
      for (const [filter, total] of found) {
        const asks = JSON.stringify(filter)
        const isMark = /rating|flag|label/.test(asks) && !asks.includes('reject')
        const isGear = /Camera|Lens/.test(asks)
        const wanted = (isMark && marks) || (isGear && camera) || (/within|spain/.test(asks) && place)
        expect(total > 0, `${which} ${asks}`).toBe(wanted)
      }
      for (const hidden of [ids.rejected, ids.trashed])
        await expect(client.photos.show({ album, photo: hidden })).rejects.toMatchObject({
          code: 'NOT_FOUND',
        })

      const got = await gotByHttp(fixture, cookie)
      for (const [path, { status, bytes }] of got) {
        const at = `${which} ${path}`
        const isHidden = path.includes(ids.rejected) || path.includes(ids.trashed)
        if (isHidden) expect(status, at).toBeGreaterThanOrEqual(400)
        // A short name of a computer stands in compressed pictures by chance.
        expect(
          holds(
            bytes,
            secrets.filter(({ length }) => length > 4),
          ),
          at,
        ).toEqual([])
        const { width } = await sharp(bytes)
          .metadata()
          .catch(() => ({ width: 0 }))
        if (width > 320) expect(await isMarked(bytes), at).toBe(watermark)
        const isGiven = path.includes('?download') || /^zip-\w+ ./.test(path)
        if (!isHidden && path.includes('?download')) expect(status, at).toBe(download === 'none' ? 403 : 200)
        if (path.includes('?film') || (!isHidden && path.startsWith('/tile') && download !== 'original'))
          expect(status, at).toBeGreaterThanOrEqual(400)
        const isWhole = isGiven && status === 200 && !path.endsWith('.txt')
        // What is given says what is shown; what is only looked at says nothing.
        const isLooked = /^(told )|^.(thumb|preview|tile)/.test(path)
        if (path.startsWith('told ')) {
          expect(status, at).toBe(200)
          expect(holds(bytes, [...planted.place, ...planted.camera]), at).toEqual([])
        }
        if (!place || isLooked) expect(holdsPlace(bytes), at).toBe(false)
        if (!camera || isLooked) expect(holds(bytes, planted.camera), at).toEqual([])
        if (isWhole && camera) expect(holds(bytes, planted.camera), at).toHaveLength(2)
        // A copy that is made tells of the place in words of its own.
        if (isWhole) expect(holdsPlace(bytes) || bytes.includes('GPSLatitude'), at).toBe(place)
      }
      // Each of two photos, as its original and in the size of a screen; nothing beside them.
      const inZips = [...got].filter(([path]) => /^zip-\w+ ./.test(path) && !path.endsWith('.txt'))
      expect(inZips, which).toHaveLength(download === 'none' ? 0 : 4)
      for (const [path, { bytes }] of inZips) {
        const isWhole = download === 'original' && path.startsWith('zip-originals')
        expect((await sharp(bytes).metadata()).width, `${which} ${path}`).toBe(isWhole ? 2700 : 2560)
      }

      const read = await readByHand(owner, raw)
      const held = Buffer.from(JSON.stringify([...read]))
      expect(read.size, which).toBeGreaterThan(5)
      expect(holds(held, secrets), which).toEqual([])
      expect(holds(held, planted.camera), which).toHaveLength(camera ? 2 : 0)
      expect(holds(held, planted.place), which).toHaveLength(place ? 2 : 0)
      for (const field of ['rating', 'flag', 'label'])
        expect(held.includes(`\\"${field}\\"`), `${which} ${field}`).toBe(marks)
      expect(holds(held, ['\\"path\\"', '\\"host\\"', '\\"said\\"']), which).toEqual([])
      const { keys } = owner
      const audience = cookie === '' ? 'guest' : link.name
      const own = [keys.account, keys.effective, keys.accountEvents, keys.ended].map((of) => of(audience))
      const shown = keysShownTo(keys, 'guest')
      const ofCollection = [
        ...[shown.collectionInfo(collection), shown.collectionEvents(collection)],
        keys.collectionPhotos(collection),
      ]
      const forGuests = [keys.public, keys.publicSwitches, ...ofCollection]
      const open = [keys.meta, ...own, ...(cookie === '' ? forGuests : [])]
      if (cookie === '') expect(ofCollection.filter((key) => !read.has(key))).toEqual([])
      const copy = keysShownTo(keys, audience).albumKeys(album)
      const others = [...read.keys()].filter(
        (key) => !open.includes(key) && !key.startsWith(`${copy}:`) && !key.startsWith(keys.thumb('')),
      )
      expect(others, which).toEqual([])
    }
}, 300_000)
