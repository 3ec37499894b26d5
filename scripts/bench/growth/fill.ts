import { createHash } from 'node:crypto'
import { passwordDigest } from '../../../src/core/redis/acl/passwords.ts'
import { foldTitle } from '../../../src/core/albums/albums.ts'
import { callFunction } from '../../../src/core/redis/call-function.ts'
import { encodeEntry, readerVersion } from '../../../src/core/library/index/file-index.ts'
import { applyRights } from '../../../src/core/access/apply-acl.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { inPipeline } from '../photos.ts'

/** How large a gallery is. The largest album has a tenth of its photos, the others share the rest evenly. */
export interface Size {
  photos: number
  albums: number
  accounts: number
}

/** The account with many rights: on a fifth of the albums, half of them to modify. */
export const manyName = 'many'
const share = 5
const grantsOfOthers = 20
const tagCount = 500
const cameras = ['Bench 1', 'Bench 2', 'Bench 3', 'Pocket']
const places = ['Harbour', 'Garden', 'Market', 'Ridge', 'Station', 'Quay', 'Chapel', 'Orchard']

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx'
/** In families, as albums are given ids (core/gallery/ids.ts). */
export const albumOf = (n: number) => {
  const side = letters.length
  const family = String(Math.floor(n / side / side)).padStart(6, '0')
  return `owner~${family}${letters.charAt(Math.floor(n / side) % side)}${letters.charAt(n % side)}`
}
/** The album with a tenth of all photos. */
export const largest = albumOf(0)
/** The last album of those on which the account with many rights may modify, so that Redis tries its pattern last. */
export const lastOfMany = ({ albums }: Size) => albumOf(Math.floor((albums - 1) / share / 2) * share * 2)

const photoId = (n: number) => n.toString(36).padStart(10, '0')
const digestOf = (n: number) => createHash('sha256').update(String(n)).digest('base64url')
const thumbOf = (n: number) => createHash('sha256').update(`thumb ${n}`).digest('hex')

/** What a phone's photo has on record: such a text as each field really holds, in its usual length. */
const fieldsOf = (n: number, taken: number, path: string, host: string) => {
  const iso = `${new Date(taken).toISOString().slice(0, 19)}+02:00`
  return {
    ...{ name: path.split('/').at(-1) ?? '', host, path, digest: digestOf(n), bytes: '4123456' },
    ...{ mtime: String(taken), thumb: thumbOf(n), type: 'image/jpeg', width: '6000', height: '4000' },
    ...{ taken: iso, camera: cameras[n % cameras.length] ?? '', lens: '24-70 mm f/2.8' },
    ...{
      aperture: '2.8',
      exposure: '0.004',
      iso: '200',
      focal: '35',
      lat: '42.5531',
      lon: '8.7575',
      alt: '12',
    },
    ...{ placeholder: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w', added: String(Date.UTC(2026, 10, 1)) },
  }
}

/** Two tags for each third photo, a title for each fifth, a rating for each tenth. */
const saidOf = (n: number) => {
  const tags = n % 3 === 0 ? [`Place ${n % tagCount}`, `Event/${n % 7}`] : []
  return [
    ...[
      n % 5 === 0 ? `${places[n % places.length] ?? ''} ${n}` : '',
      '',
      n % 10 === 0 ? String((n % 5) + 1) : '',
    ],
    ...['', '', tags.join('\n').toLowerCase(), tags.join('\n')],
  ]
}

/** Puts photos into an album as the library does, by the same function, without thumbnails. */
export const addTo = async (session: Session, album: string, first: number, count: number) => {
  const { redis, keys, account, host } = session
  for (let start = first; start < first + count; start += inPipeline) {
    const numbers = Array.from({ length: Math.min(inPipeline, first + count - start) }, (_, i) => start + i)
    const args = numbers.flatMap((n) => {
      const taken = Date.UTC(1995, 0, 1) + n * 977_000
      const path = `/home/bench/Pictures/${album.slice(-8)}/IMG_${n}.jpg`
      const stamp = { ctime: taken, ino: n, reader: readerVersion, beside: '-' }
      const file = { size: 4_123_456, mtime: taken, digest: digestOf(n), missing: false, ...stamp }
      const fields = Object.entries(fieldsOf(n, taken, path, host))
      const entry = encodeEntry({ photo: photoId(n), album, ...file })
      return [photoId(n), path, taken, entry, fields.length, ...fields.flat(), ...saidOf(n)]
    })
    const touched = [
      ...[keys.acts(account), keys.albumInfo(album), keys.albumPhotos(album), keys.albumEvents(album)],
      ...[keys.library(account, host), keys.failures(account, host)],
      ...[keys.albumTag(album), keys.albumTags(album), keys.albumTagNames(album)],
      ...numbers.map((n) => keys.photo(album, photoId(n))),
    ]
    await callFunction(redis, 'add-photos', touched, [account, ...args])
  }
  return Array.from({ length: count }, (_, i) => photoId(first + i))
}

/** The records of albums, as `create-album` leaves them. */
const addAlbums = async ({ redis, keys }: Session, ids: string[]) => {
  for (let start = 0; start < ids.length; start += inPipeline) {
    const batch = redis.pipeline()
    for (const [i, id] of ids.slice(start, start + inPipeline).entries()) {
      const title = `${1995 + ((start + i) % 30)}/Album ${id.slice(-8)}`
      batch.sadd(keys.albums, id).hset(keys.titles, foldTitle(title), id)
      batch.hset(keys.albumInfo(id), { title, created: '2026-11-01T08:00:00.000Z', by: 'owner' })
      batch.xadd(
        keys.events,
        'MAXLEN',
        '~',
        1000,
        '*',
        'what',
        'created',
        'by',
        'owner',
        'album',
        id,
        'to',
        title,
      )
    }
    await batch.exec()
  }
}

const addAccount = (session: Session, name: string, login: string, grants: Record<string, string>) => {
  const { keys } = session
  const record = { displayName: name, role: 'member', created: '2026-11-01T08:00:00.000Z', revision: '1' }
  return session.redis
    .pipeline()
    .sadd(keys.users, name)
    .hset(keys.account(name), record)
    .hset(keys.grants(name), grants)
    .hset(keys.logins, name, login)
    .exec()
}

/** Accounts with 20 rights each, and one with many, whose key is `key`. */
const addAccounts = async (session: Session, { accounts, albums }: Size, key: string) => {
  const logins: Record<string, string> = {}
  for (let n = 0; n < accounts; n++) {
    const name = n === 0 ? manyName : `member${n}`
    const all = Array.from({ length: Math.ceil(albums / share) }, (_, i) => i * share)
    const some = Array.from({ length: grantsOfOthers }, (_, i) => (n * 31 + i * 7) % albums)
    const rightOn = (album: number) => (album % (2 * share) === 0 ? 'modify' : 'read')
    const granted = (n === 0 ? all : some).map((album) => [albumOf(album), rightOn(album)])
    logins[name] = passwordDigest(n === 0 ? key : `${key}${n}`)
    await addAccount(session, name, logins[name], Object.fromEntries(granted) as Record<string, string>)
  }
  await session.redis.hincrby(session.keys.rights, 'version', 1)
  await applyRights(session.redis, session.keys, { logins })
}

/** Makes a gallery of a size. `key`: what the account with many rights logs in with. */
export const fill = async (session: Session, size: Size, key: string): Promise<void> => {
  const ids = Array.from({ length: size.albums }, (_, n) => albumOf(n))
  await addAlbums(session, ids)
  const inLargest = size.photos / 10
  await addTo(session, largest, 0, inLargest)
  const rest = size.photos - inLargest
  let next = inLargest
  for (const [i, id] of ids.slice(1).entries()) {
    const end = inLargest + Math.round((rest * (i + 1)) / (size.albums - 1))
    await addTo(session, id, next, end - next)
    next = end
  }
  await addAccounts(session, size, key)
}
