import { join } from 'node:path'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { expect, onTestFinished, test } from 'vitest'
import { deriveKey } from '../../src/core/gallery/credentials.ts'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { createAccount } from '../../src/core/access/accounts.ts'
import { createShare } from '../../src/core/access/shares.ts'
import { setRights } from '../../src/core/access/grants.ts'
import { newName } from '../../src/shared/domain/random-ids.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { newsKinds } from '../../src/shared/domain/mail.ts'
import { fetchUntil } from '../support/fetch-until.ts'
import { command } from '../support/cli.ts'
import { change } from '../support/organise.ts'
import { drawPhotos } from '../support/pictures/photos.ts'
import { logIn, startServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** Owner, one who may modify Shown, one who may read it, one without any right, a guest, a visitor by a share link. */
const accountOf = { o: 'owner', m: 'mia', r: 'rob', n: 'noa', g: 'guest', s: 'share~Abcd1234' } as const
type Who = keyof typeof accountOf

const password = 'correct horse battery'

const setUp = async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'Shown'), 3)
  await drawPhotos(join(root, 'Hidden'), 3, 60)
  const server = await startServer(['--watch', root])
  const ownerCookie = await logIn(server)
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const photosOf = async (title: string) => {
    const album = (await listAlbums(owner)).find((one) => one.title === title)?.id ?? ''
    return { album, photos: await owner.redis.zrange(owner.keys.albumPhotos(album), 0, '-1') }
  }
  await expect.poll(async () => (await listAlbums(owner)).map(({ photos }) => photos)).toEqual([3, 3])
  const [shown, hidden] = [await photosOf('Shown'), await photosOf('Hidden')]
  for (const { album, photos } of [shown, hidden]) {
    const tag = album === hidden.album ? 'Covert' : 'Sea'
    await change(owner, [{ kind: 'tag', album, photos, add: [tag], remove: [] }])
  }
  for (const name of ['mia', 'rob', 'noa'])
    await createAccount(owner, {
      name,
      role: 'member',
      canCreateAlbums: false,
      key: await deriveKey(gallery.id, name, password),
    })
  const share = { name: accountOf.s, album: shown.album, label: '', hasPassword: false, key: newKey() }
  const answers = { comments: false, selection: 2, closed: false }
  await createShare(owner, { ...share, answers, expires: '2090-01-01T00:00:00Z' })
  await setRights(owner, [
    { subject: 'account:mia', album: shown.album, right: 'modify' },
    { subject: 'account:rob', album: shown.album, right: 'read' },
  ])
  const login = async (account: string, key: string) => {
    const response = await fetch(`${server.origin}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, key }),
    })
    return response.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  const cookies: Record<Who, string> = {
    o: ownerCookie,
    m: await login('mia', await deriveKey(gallery.id, 'mia', password)),
    r: await login('rob', await deriveKey(gallery.id, 'rob', password)),
    n: await login('noa', await deriveKey(gallery.id, 'noa', password)),
    g: '',
    s: await login(share.name, share.key),
  }
  const thumbOf = async ({ album, photos }: typeof shown) =>
    (await owner.redis.hget(owner.keys.photo(album, photos[0] ?? ''), 'thumb')) ?? ''
  return {
    server,
    gallery,
    owner,
    cookies,
    shown,
    hidden,
    thumbs: [await thumbOf(shown), await thumbOf(hidden)],
  }
}

type Fixture = Awaited<ReturnType<typeof setUp>>

/** What is asked, and which callers are answered; all others are refused. */
interface Entry {
  input?: (fixture: Fixture) => unknown
  who: string
}

const everybody = 'omrngs'
const view = (album: string | null) => ({ album, sort: 'taken', descending: false })
const queryRange = { offset: 0, limit: 10 }
const act = 'a'.repeat(12)
const address = { url: 'redis://127.0.0.1', files: { ca: null, cert: null, key: null }, sentinelPassword: '' }

const newsTimes = (time: string) => Object.fromEntries(newsKinds.map((kind) => [kind, time]))
const mailSettings = {
  ...{ host: 'localhost', port: 25, security: 'none', unprotected: false, user: '' },
  ...{ from: 'gallery@example.org', url: 'http://localhost', ca: '' },
}

/** Of every procedure: with the album Shown in the question where it has one. */
const world = { south: -90, west: -180, north: 90, east: 180 }
const table: Record<string, Entry> = {
  'gallery.session': { who: everybody },
  'gallery.stacks': { who: everybody },
  'gallery.copies': { who: everybody },
  'gallery.setCopies': { who: 'o', input: () => ({ copies: 0 }) },
  'gallery.tiles': { who: everybody },
  'gallery.setTiles': { who: 'o', input: () => ({ tiles: null }) },
  'gallery.watermark': { who: everybody },
  'gallery.setWatermark': { who: 'o', input: () => ({ words: null }) },
  'gallery.setStacks': { who: 'o', input: () => ({ setting: 'picture' }) },
  'gallery.statuses': { who: everybody },
  'gallery.statusSetters': { who: everybody },
  'gallery.setStatusSetters': { who: 'o', input: () => ({ by: 'modify' }) },
  'gallery.setStatuses': { who: 'o', input: () => ({ statuses: [], replaced: [] }) },
  'gallery.health': { who: 'o' },
  'gallery.nodes': { who: 'o' },
  'gallery.check': { who: 'o', input: () => ({ repair: false }) },
  'albums.list': { who: everybody },
  'albums.find': { who: 'omrs', input: () => ({ album: 'Shown' }) },
  'albums.publish': { who: 'o', input: ({ hidden }) => ({ album: hidden.album, public: false }) },
  'collections.list': { who: everybody },
  'collections.holding': { who: everybody, input: ({ hidden }) => ({ photo: hidden.photos[0] }) },
  'photos.page': { who: 'omrs', input: ({ shown }) => ({ view: view(shown.album), ...queryRange }) },
  'photos.refs': { who: 'omrs', input: ({ shown }) => ({ view: view(shown.album), ...queryRange }) },
  'photos.details': { who: 'omrs', input: ({ shown }) => ({ view: view(shown.album), ...queryRange }) },
  'photos.cameras': { who: 'omrs', input: ({ shown }) => ({ album: shown.album }) },
  'photos.months': { who: 'omrs', input: ({ shown }) => ({ album: shown.album }) },
  'photos.days': { who: 'omrs', input: ({ shown }) => ({ view: view(shown.album) }) },
  'photos.timeline': { who: 'omrs', input: ({ shown }) => ({ view: view(shown.album), by: 'month' }) },
  'photos.places': {
    who: 'omrs',
    input: ({ shown }) => ({ view: view(shown.album), bounds: world, zoom: 3 }),
  },
  'photos.towns': { who: 'omrs', input: ({ shown }) => ({ album: shown.album }) },
  'photos.findTowns': { who: everybody, input: () => ({ text: 'Lyon' }) },
  'photos.nearest': { who: 'omrs', input: ({ shown }) => ({ album: shown.album, text: 'harbuor' }) },
  'photos.duplicates': { who: 'omrs', input: ({ shown }) => ({ album: shown.album, threshold: 0.2 }) },
  'photos.locate': { who: everybody, input: ({ hidden }) => ({ photos: hidden.photos }) },
  'photos.files': { who: 'omrs', input: ({ shown }) => ({ album: shown.album, photo: shown.photos[0] }) },
  'photos.show': { who: 'omrs', input: ({ shown }) => ({ album: shown.album, photo: shown.photos[0] }) },
  'photos.common': { who: 'omrs', input: ({ shown }) => ({ photos: [`${shown.album}/${shown.photos[0]}`] }) },
  'photos.list': { who: 'omrs', input: ({ shown }) => ({ album: shown.album, ...queryRange }) },
  'tags.list': { who: everybody },
  'tags.ofPhotos': { who: 'omrs', input: ({ shown }) => ({ photos: [`${shown.album}/${shown.photos[0]}`] }) },
  'tags.plan': { who: everybody, input: () => ({ tag: 'Sea', to: 'Mer' }) },
  'comments.list': { who: 'omr', input: ({ shown }) => ({ album: shown.album, photo: shown.photos[0] }) },
  'comments.counts': { who: 'omr', input: ({ shown }) => ({ album: shown.album }) },
  // Guests find nothing in what accounts say, and visitors of a link that lets them say nothing neither.
  'comments.search': { who: everybody, input: () => ({ album: null, text: 'sea' }) },
  'notices.list': { who: 'omrn' },
  'notices.read': { who: 'omrn', input: () => ({ until: '2026-01-01T00:00:00Z' }) },
  // No album is public here: guests are refused where there is one.
  'selections.clients': { who: 'omrng' },
  'comments.seen': { who: 'omrn', input: ({ shown }) => ({ album: shown.album, photo: shown.photos[0] }) },
  'comments.write': {
    who: 'om',
    input: ({ shown }) => ({ album: shown.album, photo: shown.photos[0], text: 'Said' }),
  },
  'comments.edit': {
    who: 'om',
    input: ({ shown }) => ({ album: shown.album, number: 1, text: 'Said anew' }),
  },
  'comments.withdraw': { who: 'om', input: ({ shown }) => ({ album: shown.album, number: 1 }) },
  'comments.hide': {
    who: 'om',
    input: ({ shown }) => ({ album: shown.album, writer: 'mia', number: 1, hidden: true }),
  },
  'selections.own': { who: 's' },
  'selections.pick': { who: 's', input: ({ shown }) => ({ photo: shown.photos[0] }) },
  'selections.unpick': { who: 's', input: ({ shown }) => ({ photo: shown.photos[0] }) },
  'selections.say': { who: 's', input: () => ({ name: 'Sam', done: false }) },
  'selections.list': { who: 'omr', input: ({ shown }) => ({ album: shown.album }) },
  // There is none of this link: an administrator is told so.
  'selections.remove': { who: '', input: ({ shown }) => ({ album: shown.album, link: 'share~Zzzz9999' }) },
  'changes.apply': {
    who: 'om',
    input: ({ shown: { album, photos } }) => ({
      act,
      mode: 'check',
      changes: [{ kind: 'tag', album, photos, add: ['New'], remove: [] }],
    }),
  },
  'trash.albums': { who: everybody },
  'trash.empty': { who: 'om', input: ({ shown }) => ({ photos: [`${shown.album}/${shown.photos[0]}`] }) },
  // What a stranger is given of a photo is told by visitors.test.ts.
  'downloads.prepare': {
    who: 'omrs',
    input: ({ shown }) => ({ photos: [`${shown.album}/${shown.photos[0]}`] }),
  },
  // Of downloads of another account, or of none, nobody is told anything (zip.test.ts).
  'downloads.state': { who: '', input: () => ({ id: 'a'.repeat(22) }) },
  'downloads.stop': { who: '', input: () => ({ id: 'a'.repeat(22) }) },
  // Who may send nothing is told so (uploads.test.ts).
  'uploads.offer': { who: everybody, input: ({ shown }) => ({ album: shown.album }) },
  'uploads.settings': { who: 'omrn' },
  'uploads.setSettings': { who: 'o', input: () => ({ pattern: null, gigabytes: 100 }) },
  'uploads.sender': { who: 'omr', input: ({ shown }) => ({ album: shown.album, photo: shown.photos[0] }) },
  'activity.list': { who: 'omrn', input: () => ({ album: null, limit: 50 }) },
  'library.roots': { who: 'o' },
  'library.add': { who: '', input: () => ({ paths: ['/nowhere/at/all'] }) },
  'library.find': { who: 'o', input: () => ({ paths: ['/nowhere/at/all'] }) },
  'library.forget': { who: 'o', input: () => ({ path: '/nowhere/at/all' }) },
  'library.rescan': { who: 'o' },
  'library.prefer': { who: 'o', input: () => ({ photos: ['Photo00001'] }) },
  'library.status': { who: 'o' },
  'library.follow': { who: 'o' },
  'library.pause': { who: 'o' },
  'library.resume': { who: 'o' },
  'library.cancel': { who: 'o' },
  'library.failures': { who: 'o' },
  'library.addSamples': { who: '' }, // would draw photos: only that the others are refused is looked at
  // Would copy files: only that the others are refused is looked at.
  'library.importCard': {
    who: '',
    input: () => ({ source: '/nowhere', target: '/nowhere', pattern: '{name}' }),
  },
  'library.importCatalogue': { who: '', input: () => ({ source: '/nowhere' }) },
  // Would write files: only that the others are refused is looked at.
  'library.exportPhotos': {
    who: '',
    input: ({ shown }) => ({
      photos: [`${shown.album}/${shown.photos[0]}`],
      target: '/proc/nowhere',
      pattern: '{name}',
    }),
  },
  'library.replaceRoot': { who: '', input: () => ({ from: '/nowhere/at/all', to: '/nowhere/else' }) },
  'library.setSidecars': { who: '', input: () => ({ path: '/nowhere/at/all', write: true }) },
  'library.setNameDates': { who: '', input: () => ({ path: '/nowhere/at/all', use: true }) },
  'library.setUploads': { who: '', input: () => ({ path: '/nowhere/at/all', pattern: null }) },
  'library.missing': { who: 'o' },
  'library.confirmGone': { who: 'o', input: () => ({ folder: '/nowhere/at/all' }) },
  'library.locate': { who: '', input: () => ({ photo: 'a'.repeat(10), to: '/nowhere/at/all.jpg' }) },
  'library.browse': { who: 'o', input: () => ({}) },
  'library.startingFolders': { who: 'o' },
  'library.countPhotos': { who: 'o', input: () => ({ path: import.meta.dirname }) },
  'events.follow': { who: everybody },
  'desktop.chooseFolders': { who: '' },
  'desktop.reveal': { who: '', input: ({ shown }) => ({ album: shown.album, photo: shown.photos[0] }) },
  'desktop.openOriginal': { who: '', input: ({ shown }) => ({ album: shown.album, photo: shown.photos[0] }) },
  'desktop.copyPaths': { who: '', input: ({ shown }) => ({ photos: [`${shown.album}/${shown.photos[0]}`] }) },
  'desktop.dragOut': { who: '', input: ({ shown }) => ({ photos: [`${shown.album}/${shown.photos[0]}`] }) },
  'desktop.makeCopies': {
    who: '',
    input: ({ shown }) => ({ photos: [`${shown.album}/${shown.photos[0]}`], size: 2048 }),
  },
  'desktop.dragCopies': { who: '', input: () => ({ copies: '0'.repeat(24) }) },
  'desktop.trashOriginals': {
    who: '',
    input: ({ shown }) => ({ photos: [`${shown.album}/${shown.photos[0]}`] }),
  },
  'desktop.wishes': { who: '' },
  'desktop.accounts': { who: '' },
  'desktop.logIn': { who: '', input: () => ({ account: 'noa', key: newKey(), remember: false }) },
  'desktop.open': { who: '', input: () => ({ account: null }) },
  'desktop.logOut': { who: '' },
  'desktop.lock': { who: '' },
  'desktop.showCommands': { who: '', input: () => [] },
  'desktop.setAppearance': { who: '', input: () => ({ language: null, theme: 'system' }) },
  'desktop.showPicture': { who: '', input: () => ({ channel: 'Abcd1234' }) },
  'desktop.showLog': { who: '' },
  'desktop.updates': { who: '' },
  'desktop.chooseUpdates': { who: '', input: () => ({ channel: 'off' }) },
  'desktop.lookForUpdate': { who: '' },
  'desktop.installUpdate': { who: '' },
  'desktop.notify': { who: '', input: () => ({ text: 'News' }) },
  'desktop.showOutside': { who: '', input: () => ({ progress: null, unread: 0 }) },
  'accounts.list': { who: 'o' },
  'accounts.create': {
    who: 'o',
    input: () => ({ name: 'eve', role: 'member', canCreateAlbums: false, key: newKey() }),
  },
  'accounts.edit': { who: 'o', input: () => ({ name: 'noa', displayName: 'Noa' }) },
  'accounts.setPassword': { who: 'o', input: () => ({ name: 'eve', key: newKey() }) },
  'accounts.remove': { who: 'o', input: () => ({ name: 'eve' }) },
  'accounts.changePassword': { who: '', input: () => ({ key: newKey(), next: newKey() }) },
  'groups.list': { who: 'o' },
  'groups.create': { who: 'o', input: () => ({ name: 'crew' }) },
  'groups.edit': { who: 'o', input: () => ({ name: 'crew', join: ['noa'] }) },
  'groups.remove': { who: 'o', input: () => ({ name: 'crew' }) },
  'rights.table': { who: 'o' },
  'rights.set': {
    who: 'o',
    input: ({ hidden }) => ({
      act,
      changes: [{ subject: 'account:noa', album: hidden.album, right: 'none' }],
    }),
  },
  'rights.seenBy': { who: 'o', input: () => ({ name: 'rob' }) },
  'rights.record': { who: 'o', input: () => ({ limit: 10 }) },
  'sessions.list': { who: 'o' },
  'sessions.end': { who: '', input: () => ({ account: 'noa', id: 'nobody' }) },
  'sessions.endAll': { who: 'o', input: () => ({ account: 'eve' }) },
  'sessions.endOthers': { who: 'omrn' },
  'shares.list': { who: 'o' },
  'shares.create': {
    who: 'o',
    input: ({ shown }) => ({
      name: 'share~Efgh5678',
      album: shown.album,
      label: '',
      expires: '2090-01-01T00:00:00Z',
      key: newKey(),
      hasPassword: false,
    }),
  },
  'logins.people': { who: 'o' },
  'logins.link': {
    who: '',
    input: () => ({ issuer: 'https://id.example', subject: '1', account: 'nobody', name: '' }),
  },
  'logins.unlink': { who: '', input: () => ({ issuer: 'https://id.example', subject: '1' }) },
  'logins.forget': { who: 'o', input: () => ({ issuer: 'https://id.example', subject: '1' }) },
  'logins.mapGroup': { who: 'o', input: () => ({ theirs: 'relatives', ours: null }) },
  'logins.waysOf': { who: 'o', input: () => ({ account: 'noa' }) },
  'logins.resetWays': { who: '', input: () => ({ account: 'nobody' }) },
  'logins.requirement': { who: 'o' },
  'logins.setRequirement': { who: 'o', input: () => ({ of: 'nobody' }) },
  'ways.list': { who: 'omrn' },
  ...Object.fromEntries(
    ['beginCodes', 'beginPasskey'].map((name) => [
      `ways.${name}`,
      { who: '', input: () => ({ key: 'a'.repeat(64) }) },
    ]),
  ),
  'ways.turnCodesOn': { who: '', input: () => ({ sealed: 'forged', code: '000000' }) },
  'ways.turnCodesOff': { who: '', input: () => ({ code: '000000' }) },
  'ways.renewRecovery': { who: '', input: () => ({ code: '000000' }) },
  'ways.addPasskey': {
    who: '',
    input: () => ({
      ...{ sealed: 'forged', name: 'Mine' },
      answer: {
        ...{ id: 'a', rawId: 'a', type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON: 'a', attestationObject: 'a' },
      },
    }),
  },
  'ways.removePasskey': { who: '', input: () => ({ id: 'a' }) },
  'tokens.list': { who: 'omrn' },
  'tokens.create': {
    who: 'omrn',
    input: () => ({
      name: `token~${newName()}`,
      label: 'script',
      expires: new Date(Date.now() + 3_600_000).toISOString(),
      albums: null,
      key: newKey(),
    }),
  },
  'tokens.revoke': { who: '', input: () => ({ name: 'token~Abcd1234' }) },
  'tokens.everybodys': { who: 'o' },
  'tokens.end': { who: '', input: () => ({ account: 'noa', name: 'token~Abcd1234' }) },
  'shares.edit': { who: 'o', input: () => ({ name: 'share~Efgh5678', label: 'Clients' }) },
  'backup.status': { who: 'o' },
  'backup.save': { who: '' },
  'backup.choose': { who: '' },
  'backup.restore': { who: '' },
  'place.describe': { who: '' },
  'place.chooseFile': { who: '', input: () => ({ kind: 'ca' }) },
  'place.look': { who: '', input: () => address },
  'place.join': {
    who: '',
    input: () => ({ ...address, gallery: 'a', account: 'noa', key: newKey(), remember: false }),
  },
  'place.leave': { who: '' },
  'place.setFiles': { who: '', input: () => address.files },
  'mail.mine': { who: 'omrn' },
  'mail.setMine': {
    who: 'omrn',
    input: () => ({ address: '', language: 'en', zone: 'UTC', times: newsTimes('off') }),
  },
  'mail.server': { who: 'o' },
  'mail.setServer': { who: 'o', input: () => ({ settings: null }) },
  // Would send a mail: only that the others are refused is looked at.
  'mail.test': { who: 'o', input: () => ({ settings: mailSettings, to: 'ana@example.org' }) },
  'shares.revoke': { who: 'o', input: () => ({ name: 'share~Efgh5678' }) },
}

const procedures = Object.entries(contract).flatMap(([noun, verbs]) =>
  Object.keys(verbs).map((verb) => `${noun}.${verb}`),
)

const isStream = (answer: unknown): answer is AsyncGenerator =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer

const ask = async (
  fixture: Fixture,
  who: Who,
  procedure: string,
): Promise<{ code: string; text: string }> => {
  const stop = new AbortController()
  const link = new RPCLink({
    url: `${fixture.server.origin}/rpc`,
    headers: { cookie: fixture.cookies[who] },
    fetch: (request, init, { signal }) => fetchUntil(request, init, signal),
  })
  const client =
    createORPCClient<Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>>(link)
  const [noun = '', verb = ''] = procedure.split('.')
  try {
    const answer = await client[noun]?.[verb]?.(table[procedure]?.input?.(fixture), { signal: stop.signal })
    const first: unknown = isStream(answer) ? await answer.next() : answer
    return { code: 'ok', text: JSON.stringify(first ?? null) }
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error
    return { code: String(error.code), text: error.message }
  } finally {
    stop.abort()
  }
}

test('every procedure of the contract stands in the table', () => {
  expect(procedures.toSorted()).toEqual(Object.keys(table).toSorted())
})

test('over HTTP each caller is answered what their rights allow, and hears nothing of what is hidden', async () => {
  const built = await setUp()
  const wrong: string[] = []
  for (const procedure of procedures)
    for (const who of ['s', 'g', 'n', 'r', 'm', 'o'] as const) {
      const { who: allowed } = table[procedure] ?? { who: '' }
      if (['library.addSamples', 'mail.test'].includes(procedure) && who === 'o') continue
      const { code, text } = await ask(built, who, procedure)
      const fine = (code === 'ok') === allowed.includes(who)
      const refused = ['FORBIDDEN', 'NOT_FOUND', 'UNSUPPORTED'].includes(code)
      if (!fine || (code !== 'ok' && !refused)) wrong.push(`${procedure} ${accountOf[who]}: ${code} ${text}`)
      const told = [built.hidden.album, 'Hidden', 'Covert', ...built.hidden.photos].filter((word) =>
        text.includes(word),
      )
      if (who !== 'o' && told.length > 0)
        wrong.push(`${procedure} tells ${accountOf[who]} of ${told.join(', ')}`)
    }
  expect(wrong).toEqual([])
})

test('images over HTTP are given to those who may read their album', async () => {
  const { server, cookies, shown, hidden } = await setUp()
  const status = async (who: Who, path: string) =>
    (await fetch(server.origin + path, { headers: { cookie: cookies[who] } })).status
  const original = ({ album, photos }: typeof shown) => `/original/${album}/${photos[0] ?? ''}`
  // The owner's come first: those that are kept on the disk are asked for by all others.
  const preview = ({ album, photos }: typeof shown) =>
    `/preview/640/current?photo=${album}/${photos[0] ?? ''}`
  const tile = (one: typeof shown) => preview(one).replace('/preview/640/', '/tile/1-0-0/')
  for (const who of Object.keys(accountOf) as Who[])
    for (const image of [original, preview, tile]) {
      // A link gives pictures of the size of a screen, unless it was made to give originals.
      const may = image === tile ? 'omr' : 'omrs'
      expect(await status(who, image(shown)), accountOf[who]).toBe(may.includes(who) ? 200 : 403)
      expect(await status(who, image(hidden)), accountOf[who]).toBe(who === 'o' ? 200 : 403)
    }
})

test('thumbnails over HTTP are given to callers without a login only of photos that they may read', async () => {
  const { server, cookies, thumbs, shown, hidden } = await setUp()
  const [mine = '', secret = ''] = [shown, hidden].map(
    ({ album, photos }) => `?photo=${album}/${photos[0] ?? ''}`,
  )
  const status = async (who: Who, thumb: string | undefined, photo = '') =>
    (await fetch(`${server.origin}/thumb/${thumb ?? ''}${photo}`, { headers: { cookie: cookies[who] } }))
      .status
  expect([await status('g', thumbs[0], mine), await status('s', thumbs[0], mine)]).toEqual([404, 200])
  expect([await status('g', thumbs[1], secret), await status('s', thumbs[1], secret)]).toEqual([404, 404])
  // For a photo of theirs they get its own thumbnail, and for none they get none.
  expect([await status('s', thumbs[1], mine), await status('s', thumbs[0])]).toEqual([404, 404])
  expect([await status('o', thumbs[0]), await status('r', thumbs[0])]).toEqual([200, 200])
})

test('the command line does what the account that it logs in as may do', { timeout: 180_000 }, async () => {
  const { server, shown, hidden } = await setUp()
  const [secret = ''] = hidden.photos
  const mine = { o: shown.photos[0] ?? '', m: shown.photos[1] ?? '', n: shown.photos[2] ?? '' }
  const commands: [words: string, allowed: string][] = [
    ['albums', 'omn'],
    ['photos Shown', 'om'],
    ['photos Hidden', 'o'],
    ['tags', 'omn'],
    ['tagged Covert', 'omn'],
    ['tag New PHOTO', 'om'],
    ['untag New PHOTO', 'om'],
    [`tag New ${secret}`, 'o'],
    ['trash PHOTO', 'om'],
    ['restore PHOTO', 'om'],
    ['move Hidden PHOTO', 'o'],
    ['move Shown PHOTO', 'om'],
    ['album describe Shown Sea', 'om'],
    ['album rename Shown Shown', 'o'],
    ['album public Hidden', 'o'],
    ['album private Hidden', 'o'],
    ['album create Fresh', 'o'],
    ['account list', 'o'],
    ['account grant noa Shown none', 'o'],
    ['account disable rob', 'o'],
    ['group create crew', 'o'],
    ['share list', 'o'],
    ['whoami', 'omn'],
    ['redis-url', 'omn'],
    ['doctor', 'o'],
    [`backup ${join(temporaryFolder(), 'gallery')}`, 'o'],
  ]
  const run = async (who: 'o' | 'm' | 'n', words: string, allowed: string): Promise<string[]> => {
    const login = who === 'o' ? {} : { CIMAISE_ACCOUNT: accountOf[who], CIMAISE_PASSWORD: password }
    const args = words.replace('PHOTO', mine[who]).split(' ')
    const { code, out, err } = await command({ ...server.env, ...login }, ...args)
    const told = [hidden.album, 'Covert', ...hidden.photos].filter(
      (word) => (out + err).includes(word) && !words.includes(word),
    )
    return [
      ...((code === 0) === allowed.includes(who) ? [] : [`${words} as ${accountOf[who]}: ${code} ${err}`]),
      ...(who === 'o' || told.length === 0 ? [] : [`${words} tells ${accountOf[who]} of ${told.join(', ')}`]),
    ]
  }
  const wrong: string[] = []
  for (const [words, allowed] of commands)
    wrong.push(
      ...(await Promise.all((['n', 'm', 'o'] as const).map((who) => run(who, words, allowed)))).flat(),
    )
  expect(wrong).toEqual([])
})
