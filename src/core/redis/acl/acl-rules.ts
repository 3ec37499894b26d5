import { AlbumId, CollectionId } from '../../../shared/schemas/ids.ts'
import type { GrantedLevel } from '../../../shared/schemas/access.ts'
import { mayComment } from '../../../shared/domain/access.ts'
import { chunksOf } from '../../../shared/domain/chunks.ts'
import { noAnswers, type VisitorAnswers } from '../../../shared/domain/visitor-answers.ts'
import { isIdPrefix } from '../../gallery/ids.ts'
import { keysShownTo, type Keys } from '../keys.ts'
import { toldChannel } from '../watched-keys.ts'
import {
  administering,
  answering,
  commenting,
  mailing,
  reading,
  stewarding,
  unblocking,
  watching,
  writing,
} from './commands.ts'
import { mergedIds } from './merged-ids.ts'
import { accountMark, guestName } from './redis-users.ts'

/** Everything that decides what an account may do. */
export interface Rights {
  name: string
  /** A share link is an account of its own that reads one album; a token one that reads what a person may read. */
  role: 'administrator' | 'member' | 'guest' | 'share' | 'token'
  /** Cannot log in, and may do nothing where it still is. */
  disabled: boolean
  /** Its own and those of its groups; the highest wins. */
  grants: ReadonlyMap<string, GrantedLevel>
  publicAlbums: readonly string[]
  /** What the ids of its own albums begin with; null where it may make none. */
  ownIdPrefix: string | null
  /** The program's own: it follows the folders of a server, whose originals it shows from every album. */
  service: boolean
  /** What the visitors of a share link may say. */
  answers: VisitorAnswers
  /** Of a token: whose it is, whether it reads all that they may read, and whether that is everything; null for others. */
  token: { of: string; all: boolean; administrator: boolean } | null
}

const plain = {
  disabled: false,
  grants: new Map<string, GrantedLevel>(),
  publicAlbums: [],
  ownIdPrefix: null,
  service: false,
  answers: noAnswers,
  token: null,
}

export const administrator = (name: string): Rights => ({ ...plain, name, role: 'administrator' })

export const guest = (publicAlbums: readonly string[]): Rights => ({
  ...plain,
  name: guestName,
  role: 'guest',
  publicAlbums,
})

const allow = (commands: readonly string[]) => commands.map((command) => `+${command}`)

/** What is said is said of albums, and never of a collection. */
const isAlbum = (id: string) => AlbumId.safeParse(id).success
const isCollection = (id: string) => CollectionId.safeParse(id).success

/**
 * What a right on albums and collections covers. Only of exact ids are patterns made: a `*` in one would be a right on every
 * album, a blank the end of the rule.
 */
const patternsOf = (keys: Keys, ids: readonly string[]): string[] => [
  ...mergedIds(ids.filter(isAlbum)).map(keys.pattern.album),
  ...ids.filter(isCollection).flatMap(keys.pattern.collection),
]

const albumRules = (keys: Keys, { grants, publicAlbums }: Rights) => {
  const modified = [...grants].filter(([, right]) => right === 'modify').map(([id]) => id)
  const read = new Set([...publicAlbums, ...grants.keys()])
  for (const album of modified) read.delete(album)
  return [
    // A script of many changes asks for these most often, in the order of the grants (access/order-of-use.ts).
    ...patternsOf(keys, modified).map((pattern) => `~${pattern}`),
    ...patternsOf(keys, [...read]).map((pattern) => `%R~${pattern}`),
  ]
}

/** Visitors read the copies that were made for them (access/visitors.ts), and of the albums themselves nothing. */
const guestRules = (keys: Keys, rights: Rights) => [
  ...allow(reading),
  `%R~${keys.meta}`,
  `%R~${keys.public}`,
  `%R~${keys.publicSwitches}`,
  `%R~${keys.accountEvents(guestName)}`,
  `%R~${keys.pattern.thumbs}`,
  ...albumRules(keysShownTo(keys, guestName), { ...rights, grants: new Map() }),
]

/** Albums, or families of them, whose comments are written by one selector. */
const idsPerSelector = 50

/**
 * Whoever may read an album reads what was said there. An account writes under its own name alone, where it may comment: who may
 * modify an album can change no word of others.
 */
const talkRules = (keys: Keys, { name, grants, publicAlbums }: Rights) => {
  const read = [...new Set([...publicAlbums, ...grants.keys()])].filter(isAlbum)
  const commented = [...grants].filter(([, right]) => mayComment(right)).map(([id]) => id)
  return [
    ...mergedIds(read).map((ids) => `%R~${keys.pattern.talk(ids)}`),
    ...chunksOf(mergedIds(commented.filter(isAlbum)), idsPerSelector).map((ids) => speaking(keys, name, ids)),
  ]
}

/**
 * Writes comments in some albums. These patterns stand in selectors of their own: Redis compares each pattern that it is given with all
 * that stand in the same one, and none of their keys is ever named together with another album's.
 */
const speaking = (keys: Keys, name: string, albums: string[]) => {
  const patterns = albums.flatMap((album) => [keys.comments(album, name), keys.talkEvents(album)])
  const rules = [...allow(commenting), ...[keys.calls(name), ...patterns].map((pattern) => `~${pattern}`)]
  return `(${rules.join(' ')})`
}

/** The same in the albums that an account made itself. */
const ownTalkRules = (keys: Keys, name: string, ownIdPrefix: string) => [
  `%R~${keys.pattern.madeTalk(ownIdPrefix)}`,
  speaking(keys, name, [`${ownIdPrefix}*`]),
]

/** What an account may read of itself. */
const ownRules = (keys: Keys, name: string) => [
  `%R~${keys.account(name)}`,
  `%R~${keys.effective(name)}`,
  `%R~${keys.accountEvents(name)}`,
  `%R~${keys.ended(name)}`,
  `%R~${keys.mailbox(name)}`,
]

/**
 * What the visitors of a link say of its album stands in keys that bear the link's name: it can write into those, and read neither what
 * others said and chose nor when. A list that is closed can be read alone.
 */
const answerRules = (keys: Keys, { name, grants, answers }: Rights) => {
  const { comments, selection, closed } = answers
  if (!comments && selection === 0) return []
  return [
    ...allow(answering),
    `~${keys.calls(name)}`,
    ...[...grants.keys()]
      .filter(isAlbum)
      .flatMap((album) => [
        ...(comments ? [`~${keys.comments(album, name)}`] : []),
        ...(selection > 0 ? [`${closed ? '%R' : ''}~${keys.picks(album, name)}`] : []),
        `%W~${keys.talkEvents(album)}`,
      ]),
  ]
}

const shareRules = (keys: Keys, rights: Rights) => [
  ...allow(reading),
  `%R~${keys.pattern.thumbs}`,
  `%R~${keys.meta}`,
  ...ownRules(keys, rights.name),
  ...albumRules(keysShownTo(keys, rights.name), { ...rights, publicAlbums: [] }),
  ...answerRules(keys, rights),
]

/**
 * The account of a server sends mail too: it reads who wishes what, and asks Redis what they may read. Of what others than the
 * servers write it writes nothing.
 */
const mailRules = (keys: Keys) => [
  ...allow(mailing),
  `%R~${keys.users}`,
  `%R~${keys.account('*')}`,
  `%R~${keys.mailWishes('*')}`,
  `~${keys.mailbox('*')}`,
  `~${keys.mail}*`,
  `(+set +expire ~${keys.mail}*)`,
]

/** A token reads albums, photos and their tags: nothing that people say, and nothing that anybody could write. */
const tokenRules = (keys: Keys, rights: Rights) => {
  const { name, token, ownIdPrefix } = rights
  const own = token?.all === true && ownIdPrefix !== null && isIdPrefix(ownIdPrefix) ? ownIdPrefix : null
  return [
    ...allow(reading),
    `%R~${keys.pattern.thumbs}`,
    `%R~${keys.meta}`,
    `%R~${keys.statuses}`,
    ...ownRules(keys, name),
    ...(token?.all ? [`%R~${keys.public}`, `%R~${keys.account(token.of)}`] : []),
    ...(own === null ? [] : [`%R~${keys.pattern.madeBy(own)}`, `%R~${keys.pattern.maker(own)}`]),
    ...(token?.all && token.administrator ? everyAlbum(keys) : albumRules(keys, rights)),
  ]
}

/** All albums, and what lists them. */
const everyAlbum = (keys: Keys) => [
  `%R~${keys.albums}`,
  `%R~${keys.events}`,
  `%R~${keys.makers}`,
  `%R~${keys.deletedAlbums}`,
  `%R~${keys.pattern.madeBy('')}`,
  `%R~${keys.pattern.maker('*')}`,
]

/** The account of a server shows originals to all users who may see their photos, so it sees which album each photo is in. */
const serviceRules = (keys: Keys) => [
  ...allow([...unblocking, ...watching]),
  `&${toldChannel}`,
  ...everyAlbum(keys),
  `%R~${keys.pattern.madeTalk('')}`,
  // Its server counts the visits of links.
  `(+hincrby +hset ~${keys.visits})`,
  ...mailRules(keys),
  // On which day tokens were used.
  `~${keys.tokenUsed('*', '*')}`,
]

const memberRules = (keys: Keys, rights: Rights) => {
  const { name, grants, service } = rights
  const ownIdPrefix =
    rights.ownIdPrefix !== null && isIdPrefix(rights.ownIdPrefix) ? rights.ownIdPrefix : null
  const adds = ownIdPrefix !== null || [...grants.values()].includes('modify')
  return [
    ...allow([...reading, ...writing]),
    // A command costs more with each pattern that Redis tries before the one that fits, so the common ones come first.
    `%R~${keys.pattern.thumbs}`,
    `%R~${keys.meta}`,
    `%R~${keys.public}`,
    ...ownRules(keys, name),
    `%R~${keys.statuses}`,
    `%W~${keys.requests(name)}`,
    `~${keys.library(name, '*')}`,
    `~${keys.acts(name)}`,
    `~${keys.calls(name)}`,
    `~${keys.seenComments(name)}`,
    `~${keys.mailWishes(name)}`,
    ...(ownIdPrefix === null
      ? []
      : [
          `~${keys.pattern.madeBy(ownIdPrefix)}`,
          `~${keys.pattern.maker(ownIdPrefix)}`,
          `~${keys.pattern.collectionsBy(ownIdPrefix)}`,
        ]),
    ...albumRules(keys, rights),
    ...(ownIdPrefix === null ? [] : ownTalkRules(keys, name, ownIdPrefix)),
    ...talkRules(keys, rights),
    // Its tokens, and when they were used.
    `%R~${keys.pattern.tokens(name)}`,
    // Its server counts what was sent to it.
    `(+hincrby ~${keys.uploaded(name, '*')})`,
    ...(service ? serviceRules(keys) : []),
    // A thumbnail may be added by accounts that may add photos, but not deleted: others may show the same one.
    ...(adds ? [`(+set %W~${keys.pattern.thumbs})`] : []),
  ]
}

const administratorRules = (keys: Keys) => [
  ...allow([...reading, ...writing, ...administering, ...unblocking, ...watching]),
  `&${toldChannel}`,
  `~${keys.pattern.everything}`,
  `~${keys.pattern.thumbs}`,
]

const roleRules: Record<Rights['role'], (keys: Keys, rights: Rights) => string[]> = {
  administrator: administratorRules,
  member: memberRules,
  share: shareRules,
  token: tokenRules,
  guest: (keys, rights) => ['nopass', ...guestRules(keys, rights)],
}

/**
 * The ACL rules of an account: a pure function of its rights, which replaces whatever rules it had and leaves its
 * password. They are the gallery's only check; nothing in the core repeats them. What is no exact id makes no rule.
 */
export const aclRules = (keys: Keys, rights: Rights): string[] => {
  const head = ['resetkeys', 'resetchannels', `&${accountMark(keys)}`, 'clearselectors', '-@all']
  // `off` alone would leave open connections all that they had.
  if (rights.disabled) return ['off', ...head]
  return ['on', ...head, ...roleRules[rights.role](keys, rights)]
}

/** The rules of the program's own account on every node. It may run Lua of its own, as no other account may. */
export const stewardRules = (keys: Keys): string[] => [
  ...['on', 'resetkeys', 'resetchannels', 'clearselectors', '-@all'],
  ...administratorRules(keys),
  ...allow(stewarding),
]

/** What the supervisor of the embedded server may do: see that it lives, end what keeps it from others, and stop it. */
export const supervisorRules = [
  ...['on', 'resetkeys', 'resetchannels', '-@all'],
  ...allow(['ping', 'shutdown', ...unblocking]),
]
