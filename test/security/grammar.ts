import fc from 'fast-check'
import { luaFunctions, qualified, type FunctionName } from '../../src/core/redis/functions.ts'
import type { MemberGallery } from './gallery-with-members.ts'

/** A command as a member may send it. */
export type Write = string[]

const foreign = (fixture: MemberGallery) => [
  fixture.hidden.album,
  fixture.anas.album,
  'ana~x',
  'owner~zzzzzzzz',
]

/** Texts that are not what is expected anywhere, and some that are. */
const texts = (fixture: MemberGallery) =>
  fc.oneof(
    fc.constantFrom(
      '',
      '*',
      'a b',
      '?',
      '[a-z]*',
      '~*',
      '\u0000',
      '\u001b[2J',
      'é\ud800',
      '__proto__',
      'NaN',
      'inf',
    ),
    fc.constantFrom('1e99', '-1', '9007199254740993', '99999999999999999999', '1e-400', '-inf', '0x10'),
    fc.constantFrom(
      'owner',
      'ana',
      'guest',
      'modify',
      'read',
      'rights',
      'renamed',
      'deleted',
      'added',
      'arrived',
    ),
    fc.constantFrom('../../../etc/passwd', '/etc/passwd', '2999-13-45', '2024-05-31T10:00:00+02:00'),
    fc.constantFrom('x'.repeat(100_000), 'a/'.repeat(50_000), 'tag\n'.repeat(5000)),
    fc.constantFrom(
      ...fixture.hidden.photos,
      ...fixture.anas.photos,
      ...fixture.spoiled.flatMap(({ photos }) => photos),
    ),
    fc.constantFrom(...foreign(fixture), ...fixture.spoiled.map(({ album }) => album)),
    fc.string({ minLength: 10, maxLength: 10, unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9') }),
    fc.string({ maxLength: 40 }),
  )

/** Numbers as sorted sets take them, and what they do not. */
const numbers = fc.constantFrom('1', '-1', '0', 'inf', '-inf', '1e308', '1795614832640', 'nan', 'x')

const streamIds = fc.constantFrom(
  '*',
  '*',
  '18446744073709551615-18446744073709551615',
  '9999999999999-1',
  '1-1',
  '99999999999999999-0',
)

/** Every kind of key that the member may write. */
const keys = (fixture: MemberGallery) => {
  const { mal, ownIdPrefix, spoiled } = fixture
  const k = mal.keys
  const albums = [
    ...spoiled.map(({ album }) => album),
    `${ownIdPrefix}Forged01`,
    `${ownIdPrefix}x`,
    `${ownIdPrefix}a b`,
  ]
  const photos = [
    ...spoiled.flatMap(({ photos }) => photos.slice(0, 3)),
    ...fixture.hidden.photos.slice(0, 2),
  ]
  const ofAlbums = albums.flatMap((album) => [
    ...[k.albumInfo(album), k.albumPhotos(album), k.albumTags(album), k.albumTagNames(album)],
    ...[k.albumTrash(album), k.albumEvents(album), k.albumTag(album, 'given'), k.albumTag(album, 'kept')],
    ...[...photos, 'FORGED1000', 'no id', ''].map((photo) => k.photo(album, photo)),
    `${k.albumInfo(album)}:rights`.replace(':info', ''),
    `${k.albumInfo(album)}x`,
  ])
  return fc.constantFrom(
    ...ofAlbums,
    ...[
      k.madeAlbums(ownIdPrefix),
      k.madeTitles(ownIdPrefix),
      k.madeEvents(ownIdPrefix),
      `${k.madeAlbums(ownIdPrefix)}x`,
      k.albumFamily(ownIdPrefix),
    ],
    ...[k.requests('mal'), k.acts('mal'), k.library('mal', 'host'), k.library('mal', 'h'.repeat(2000))],
    ...[k.folders('mal', mal.host), k.failures('mal', mal.host), k.library('mal', mal.host)],
    ...[k.uploads('mal', mal.host), k.uploaded('mal', mal.host), k.seenComments('mal'), k.calls('mal')],
    // What it wishes to be told by mail; where its address stands, its logins and its tokens are facts that it must not write.
    ...[k.mailWishes('mal'), k.mailbox('mal'), k.mailNews('mal'), k.keptLogins, k.logins],
    ...[k.tokens('mal'), k.tokenUsed('mal', 'token~Abcd1234'), k.account('token~Abcd1234'), k.providerLinks],
    // What it says in its albums, and what clients choose there.
    ...albums.flatMap((album) => [
      ...[k.comments(album, 'mal'), k.comments(album, 'ana'), k.talkEvents(album), k.commenters(album)],
      ...[k.selections(album), k.picks(album, 'share~Abcd1234'), k.hiddenComments(album)],
    ]),
  )
}

const fields = (fixture: MemberGallery) =>
  fc.oneof(
    fc.constantFrom(
      'title',
      'name',
      'width',
      'taken',
      'dated',
      'tags',
      'thumb',
      'path',
      'host',
      'type',
      'digest',
    ),
    fc.constantFrom(
      'deleted',
      'purging',
      'cover',
      'rating',
      'rank',
      'trashed',
      'caption',
      'bytes',
      'added',
      'lat',
    ),
    fc.constantFrom(
      '1',
      '2',
      'last',
      'done',
      'notices',
      'address',
      'zone',
      'language',
      'comments',
      'wish',
      'state',
    ),
    texts(fixture),
  )

const event = (fixture: MemberGallery) =>
  fc
    .tuple(texts(fixture), texts(fixture), texts(fixture), texts(fixture))
    .map(([what, by, photos, to]) => [
      'what',
      what,
      'by',
      by,
      'change',
      'a'.repeat(12),
      'photos',
      photos,
      'to',
      to,
    ])

const ownAct = (fixture: MemberGallery) =>
  fc.tuple(
    fc.constantFrom<FunctionName>(...(Object.keys(luaFunctions) as FunctionName[])),
    fc.array(keys(fixture), { maxLength: 16 }),
    fc.array(fc.oneof(texts(fixture), numbers), { maxLength: 12 }),
  )

/** One write of the grammar: any command that Redis lets the member run, on any key that it lets the member touch. */
export const writes = (fixture: MemberGallery): fc.Arbitrary<Write> => {
  const [key, text, field] = [keys(fixture), texts(fixture), fields(fixture)]
  const command = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((words) => words.flat())
  const c = fc.constant
  return fc.oneof(
    { weight: 6, arbitrary: command(c('HSET'), key, field, text) },
    { weight: 4, arbitrary: command(c('ZADD'), key, numbers, text) },
    { weight: 4, arbitrary: command(c('SADD'), key, text) },
    { weight: 4, arbitrary: command(c('DEL'), key) },
    {
      weight: 3,
      arbitrary: fc.tuple(key, streamIds, event(fixture)).map(([k, id, e]) => ['XADD', k, id, ...e]),
    },
    { weight: 2, arbitrary: command(c('RENAME'), key, key) },
    { weight: 2, arbitrary: command(c('HDEL'), key, field) },
    { weight: 2, arbitrary: command(c('ZREM'), key, text) },
    { weight: 2, arbitrary: command(c('SREM'), key, text) },
    { weight: 2, arbitrary: command(c('ZINCRBY'), key, numbers, text) },
    { weight: 1, arbitrary: command(c('XTRIM'), key, c('MAXLEN'), c('0')) },
    { weight: 1, arbitrary: command(c('HSETNX'), key, field, text) },
    {
      weight: 3,
      arbitrary: ownAct(fixture).map(([name, on, args]) => [
        'FCALL',
        qualified(name),
        String(on.length),
        ...on,
        ...args,
      ]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(text, text)
        .map(([name, value]) => ['SET', fixture.mal.keys.thumb(name), value, 'PX', '1']),
    },
  )
}
