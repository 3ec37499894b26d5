import { saveAccount } from '../access/accounts.ts'
import { applyRights } from '../access/apply-acl.ts'
import { createGroup } from '../access/groups.ts'
import { storedComment } from '../comments/comments.ts'
import { foldTitle } from '../albums/albums.ts'
import { registryOf } from '../albums/album-registry.ts'
import { formatSwitches, parseSwitches } from '../../shared/domain/visitor-switches.ts'
import { searchText } from '../../shared/domain/saved-search.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { registryOfCollection } from '../collections/visible-collections.ts'
import { ownIdPrefixOf, ownPrefixOfCollection } from '../gallery/ids.ts'
import type { RegisteredRoot } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import { keysByAlbum } from '../maintenance/album-keys.ts'
import { readAlbum } from '../maintenance/check-album.ts'
import { checkRecords } from '../maintenance/check-records.ts'
import { Findings } from '../maintenance/findings.ts'
import { repairAlbum } from '../maintenance/repair.ts'
import type { Keys } from '../redis/keys.ts'
import { storedPicks } from '../selections/read-picks.ts'
import { storedFact } from '../selections/selection-record.ts'
import { fromRedis } from '../redis/errors.ts'
import { thumbLifeSeconds } from '../thumbnails/collect-thumbnails.ts'
import type { Part, PartOf } from './organisation.ts'

/** Commands that are under way at once, so that Redis answers others in between. */
const pipelineSize = 500
/** Bytes that are under way at once. */
const pipelineBytes = 8 * 1024 * 1024

type Command = [name: string, ...args: (string | number | Buffer)[]]

const isPresent = <T>(entry: [string, T | undefined]): entry is [string, T] => entry[1] !== undefined

/** The list of a link that is not here: nobody changes it any more. */
const selectionCommands = (keys: Keys, { album, link, ...part }: PartOf<'selections'>): Command[] => {
  const list = keys.picks(album, link)
  return [
    ['hset', keys.selections(album), link, storedFact({ ...part, closed: true })],
    ['del', list],
    ['hset', list, ...storedPicks(part).flat()],
  ]
}

/**
 * Writes the entries of an organisation file, which were checked before, in whatever order they come. Doing it again changes
 * nothing: each entry has its key.
 */
export class WriteOrganisation {
  readonly #session: Session
  /** The computer whose files were taken in. */
  readonly #host: string
  readonly #accounts: PartOf<'accounts'>[] = []
  readonly #groups: PartOf<'groups'>[] = []
  readonly #roots: RegisteredRoot[] = []
  readonly #statuses: PartOf<'statuses'>[] = []
  readonly #albums: string[] = []
  /** Of each key of comments. */
  readonly #lastNumbers = new Map<string, number>()
  #commands: Command[] = []
  #bytes = 0

  constructor(session: Session, host: string) {
    this.#session = session
    this.#host = host
  }

  async add({ list, part }: Part): Promise<void> {
    if (list === 'accounts') this.#accounts.push(part)
    else if (list === 'groups') this.#groups.push(part)
    else if (list === 'statuses') this.#statuses.push(part)
    else if (list === 'roots') this.#roots.push({ ...part, restored: true } as RegisteredRoot)
    else {
      if (list === 'albums') this.#albums.push(part.id)
      await this.#write(this.#commandsFor({ list, part } as Part))
    }
  }

  /** Writes who may what, and the indexes. Returns the folders that were followed, which were not seen here yet. */
  async end(): Promise<RegisteredRoot[]> {
    for (const [comments, last] of this.#lastNumbers) await this.#write([['hset', comments, 'last', last]])
    await this.#flush()
    for (const account of this.#accounts) await this.#addAccount(account)
    for (const group of this.#groups) await this.#addGroup(group)
    const { redis, keys } = this.#session
    if (this.#statuses.length > 0) await redis.set(keys.statuses, JSON.stringify(this.#statuses))
    // Visitors are shown what stands in the indexes.
    await this.#index()
    await redis.hincrby(keys.rights, 'version', 1)
    await applyRights(redis, keys)
    return this.#roots
  }

  #commandsFor({ list, part }: Part): Command[] {
    const { keys, account } = this.#session
    if (list === 'albums') return this.#albumCommands(part)
    if (list === 'collections') return this.#collectionCommands(part)
    if (list === 'photos')
      return [
        ['del', keys.photo(part.album, part.id)],
        ['hset', keys.photo(part.album, part.id), ...Object.entries(part.fields).flat()],
      ]
    if (list === 'comments') return this.#commentCommands(part)
    if (list === 'selections') return selectionCommands(keys, part)
    if (list === 'folders') return [['hset', keys.folders(account, this.#host), part.folder, part.album]]
    if (list === 'files') return [['hset', keys.library(account, this.#host), part.path, part.entry]]
    if (list !== 'thumbnails') return []
    return [['set', keys.thumb(part.name), Buffer.from(part.webp, 'base64'), 'EX', thumbLifeSeconds]]
  }

  #commentCommands(part: PartOf<'comments'>): Command[] {
    const { keys, account } = this.#session
    const { album, writer, number, name, visitor, hidden } = part
    const comments = keys.comments(album, writer)
    this.#lastNumbers.set(comments, Math.max(number, this.#lastNumbers.get(comments) ?? 0))
    return [
      ['hset', keys.commenters(album), writer, visitor ?? name],
      ['hset', comments, number, storedComment(part)],
      ...(hidden
        ? [['hset', keys.hiddenComments(album), `${writer}/${number}`, account] satisfies Command]
        : []),
    ]
  }

  #albumCommands(part: PartOf<'albums'>): Command[] {
    const { keys, account } = this.#session
    const { id, title, created, by, description, cover, deleted, tagNames, shows, keptRights = {} } = part
    const { albums, titles, events } = registryOf(keys, id)
    const prefix = ownIdPrefixOf(id)
    const info = Object.entries({ title, created, by, description, cover }).filter(isPresent).flat()
    const kept = { ...keptRights, ...(part.public ? { '*': 'read' } : {}) }
    const alive: Command[] = [
      ['sadd', albums, id],
      ['hset', titles, foldTitle(title), id],
      ...(part.public ? [['sadd', keys.public, id] satisfies Command] : []),
    ]
    const trashed: Command[] = [
      ['zadd', keys.deletedAlbums, deleted ?? 0, id],
      ['hset', keys.albumInfo(id), 'deleted', deleted ?? 0],
      ...Object.entries(kept).map(([who, right]): Command => ['hset', keys.keptRights(id), who, right]),
    ]
    return [
      ['hset', keys.albumInfo(id), ...info],
      ...(shows === undefined
        ? []
        : [['hset', keys.publicSwitches, id, formatSwitches(parseSwitches(shows))] satisfies Command]),
      ...Object.entries(tagNames).map(([tag, name]): Command => ['hset', keys.albumTagNames(id), tag, name]),
      ...(prefix === null ? [] : [['sadd', keys.makers, prefix] satisfies Command]),
      ...(deleted === undefined ? alive : trashed),
      ['xadd', events, 'MAXLEN', '~', 1000, '*', 'what', 'created', 'by', account, 'album', id, 'to', title],
    ]
  }

  #collectionCommands(part: PartOf<'collections'>): Command[] {
    const { keys } = this.#session
    const { id, title, created, by, public: shown, photos, search, description, cover } = part
    const prefix = ownPrefixOfCollection(id)
    const smart = search === undefined ? undefined : '1'
    const looksFor = search ? searchText(search) : undefined
    const said = { title, created, by, description, cover, smart, search: looksFor }
    const info = Object.entries(said).filter(isPresent).flat()
    return [
      ['hset', keys.collectionInfo(id), ...info],
      ['sadd', registryOfCollection(keys, id).collections, id],
      ...chunksOf(photos, pipelineSize).map((some, n): Command => [
        'zadd',
        keys.collectionPhotos(id),
        ...some.flatMap((photo, i) => [n * pipelineSize + i + 1, photo]),
      ]),
      ...(prefix === null ? [] : [['sadd', keys.makers, prefix] satisfies Command]),
      ...(shown ? [['sadd', keys.public, id] satisfies Command] : []),
    ]
  }

  /** An account without a password: nobody logs in with it until an administrator gives it one. */
  async #addAccount(part: PartOf<'accounts'>) {
    const { redis, keys } = this.#session
    const { name, displayName, role, created, disabled, canCreateAlbums, ownIdPrefix } = part
    if (!(await redis.sismember(keys.users, name)))
      await saveAccount(this.#session, 'create', name, 'account-created', {
        displayName,
        role,
        ...(created === undefined ? {} : { created }),
        ...(disabled ? { disabled: '1' } : {}),
        ...(canCreateAlbums ? { makes: '1' } : {}),
        ...(ownIdPrefix === undefined ? {} : { stem: ownIdPrefix }),
      })
    if (ownIdPrefix !== undefined) await redis.sadd(keys.makers, ownIdPrefix)
    const rights = Object.entries(part.rights).flat()
    if (rights.length > 0) await redis.hset(keys.grants(name), ...rights)
  }

  async #addGroup({ name, displayName, created, members, rights }: PartOf<'groups'>) {
    const { redis, keys } = this.#session
    if (!(await redis.sismember(keys.groups, name)))
      await createGroup(this.#session, { name, displayName, join: members })
    if (created !== undefined) await redis.hset(keys.group(name), 'created', created)
    if (Object.keys(rights).length > 0)
      await redis.hset(keys.groupGrants(name), ...Object.entries(rights).flat())
  }

  /** Makes the indexes of all albums from the records of their photos. */
  async #index() {
    const known = await keysByAlbum(this.#session)
    const findings = new Findings()
    for (const id of this.#albums) {
      const album = known.get(id)
      if (!album) continue
      const records = await checkRecords(this.#session, id, album.photos, findings, false)
      await repairAlbum(this.#session, await readAlbum(this.#session, album, records, findings))
    }
  }

  async #write(commands: Command[]) {
    this.#commands.push(...commands)
    for (const command of commands)
      for (const arg of command) this.#bytes += typeof arg === 'number' ? 8 : arg.length
    if (this.#commands.length >= pipelineSize || this.#bytes >= pipelineBytes) await this.#flush()
  }

  /** Commands of one turn go out together; on a cluster each to the server that its key belongs to. */
  async #flush() {
    const commands = this.#commands
    this.#commands = []
    this.#bytes = 0
    const { redis } = this.#session
    const outcomes = await Promise.allSettled(commands.map(([name, ...args]) => redis.call(name, ...args)))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw fromRedis(outcome.reason)
  }
}
