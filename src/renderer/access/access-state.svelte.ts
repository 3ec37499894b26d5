import { createContext } from 'svelte'
import {
  changedTable,
  consequencesOf,
  type Consequence,
  type PeopleTable,
} from '../../shared/domain/consequences.ts'
import { subjectOf } from '../../shared/domain/subjects.ts'
import { maxRightsPerCall } from '../../shared/domain/limits.ts'
import type { AccessLevel, RightChange, Subject } from '../../shared/schemas/access.ts'
import type { AlbumsState } from '../albums/albums-state.svelte.ts'
import type { ChangeFeed } from '../api/change-feed.ts'
import type { Client } from '../api/client.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import { Reach } from './effective-rights.ts'
import { newOperationId } from '../../shared/domain/random-ids.ts'
import { counted, t } from '../i18n/index.ts'

/** Sentences of a question: no user reads more. */
const maxSentences = 6

/** One row of the matrix: an account, a group or everybody, to whom rights are given. */
export interface Holder {
  subject: Subject
  label: string
  /** Quiet words behind the label. */
  note: string
}

interface Needs {
  client: Client
  albumsState: AlbumsState
  changeFeed: ChangeFeed
  dialogs: Dialogs
  notices: Notify
}

/** Who may what, as the settings show it: read anew after each change, in whichever session. */
export class AccessState {
  readonly #needs: Needs
  #table = $state.raw<PeopleTable | null>(null)
  #undo = $state.raw<RightChange[]>([])
  #said = $state('')
  #fading: ReturnType<typeof setTimeout> | undefined
  #reading: Promise<void> | null = null
  /** Something has changed since the last reading began. */
  #isStale = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get table() {
    return this.#table
  }
  /** What was done last, in words; it can be taken back while there is something to. */
  get said() {
    return this.#said
  }
  get undoable() {
    return this.#undo.length > 0
  }
  get accounts() {
    return this.#table?.accounts ?? []
  }
  get groups() {
    return this.#table?.groups ?? []
  }

  readonly #reach = $derived.by(() => (this.#table ? new Reach(this.#table) : null))

  /** Everybody, groups and members: administrators may do everything without being given it. */
  readonly holders = $derived.by((): Holder[] => [
    { subject: 'guest', label: t('everybody'), note: t('everybodyText') },
    ...this.groups.map(({ name, displayName, members }) => ({
      subject: subjectOf('group', name),
      label: displayName,
      note: counted('nMembers', members.length),
    })),
    ...this.accounts
      .filter(({ role }) => role === 'member')
      .map(({ name, displayName, disabled }) => ({
        subject: subjectOf('account', name),
        label: displayName,
        note: disabled ? t('disabled') : displayName === name ? '' : name,
      })),
  ])

  start() {
    void this.read()
    return this.#needs.changeFeed.onchange(() => void this.read())
  }

  /** One reading at a time: events of photos come by the dozen, and of thousands of accounts each reading takes its time. */
  read = (): Promise<void> => {
    this.#isStale = true
    return (this.#reading ??= this.#readUntilFresh())
  }

  async #readUntilFresh() {
    try {
      while (this.#isStale) {
        this.#isStale = false
        await this.#readOnce()
      }
    } finally {
      this.#reading = null
    }
  }

  async #readOnce() {
    const { accounts, groups, rights } = this.#needs.client
    await this.#needs.notices.attempt(async () => {
      const [access, sets, table] = await Promise.all([accounts.list(), groups.list(), rights.table()])
      this.#table = { accounts: access, groups: sets, rights: table }
    })
  }

  /** The right that a subject was given itself. */
  right(subject: Subject, album: string): AccessLevel {
    const rights = this.#table?.rights
    if (subject === 'guest') return rights?.public.includes(album) ? 'read' : 'none'
    return rights?.grants[subject]?.[album] ?? 'none'
  }

  /** What an account may do with an album in the end, where that is more than it was given itself. */
  beyond(subject: Subject, album: string): AccessLevel {
    return this.#reach?.of(subject, album) ?? 'none'
  }

  /** Gives rights; asks before that what it means where it is more than one, or an account loses sight of something. */
  give = async (wanted: RightChange[]) => {
    const table = this.#table
    if (!table) return
    const changes = wanted
      .map((change) => ({ ...change, from: this.right(change.subject, change.album) }))
      .filter(({ right, from }) => right !== from)
    if (changes.length === 0) return
    const meant = consequencesOf(table, changedTable(table, changes))
    const grave = changes.length > 1 || meant.some(({ loses }) => loses.length > 0)
    if (!grave) return this.#set(changes, this.inWords(meant))
    this.#needs.dialogs.ask({
      kind: 'confirm',
      title: t('applyTitle'),
      text: this.inWords(meant),
      action: t('apply'),
      run: () => this.#set(changes, t('rightsChanged')),
    })
  }

  undo = async () => {
    const changes = this.#undo
    this.#undo = []
    await this.#set(changes, t('rightsUndone'))
    this.say(this.#said)
  }

  /** Takes changes back that stand in the record. */
  takeBack = (changes: RightChange[]) => this.#set(changes, t('rightsUndone'))

  /** Says what was done; nothing of it can be taken back. */
  say(text: string) {
    this.#tell(text, [])
  }

  /** It is read for a while, and longer where it can be taken back. */
  #tell(text: string, undo: RightChange[]) {
    this.#said = text
    this.#undo = undo
    clearTimeout(this.#fading)
    this.#fading = setTimeout(() => this.#tell('', []), undo.length > 0 ? 15_000 : 8000)
  }

  async #set(changes: RightChange[], said: string) {
    const undo: RightChange[] = []
    const act = newOperationId()
    await this.#needs.notices.attempt(async () => {
      for (let start = 0; start < changes.length; start += maxRightsPerCall)
        undo.push(
          ...(await this.#needs.client.rights.set({
            act,
            changes: changes.slice(start, start + maxRightsPerCall),
          })),
        )
      this.#tell(said, undo)
    })
    await this.read()
  }

  /** What it means that a group is removed, in sentences. */
  withoutGroup(name: string): string {
    const table = this.#table
    if (!table) return ''
    const groups = table.groups.filter((group) => group.name !== name)
    return this.inWords(consequencesOf(table, { ...table, groups }))
  }

  /** What changes mean for accounts, in sentences. */
  inWords(meant: Consequence[]): string {
    const lines = meant.slice(0, maxSentences).flatMap((one) => this.#sentences(one))
    const rest = meant.length - maxSentences
    if (rest > 0) lines.push(counted('andOthers', rest))
    return lines.length > 0 ? lines.join('\n') : t('nothingDiffers')
  }

  #sentences({ name, loses, sees, comments, modifies, keepsToLook, silent }: Consequence): string[] {
    const account = this.accounts.find((one) => one.name === name)
    const who = name === null ? t('everybody') : (account?.displayName ?? name)
    const sentence = (
      key: `will${'Lose' | 'See' | 'Comment' | 'Modify' | 'NotModify' | 'NotComment'}`,
      albums: string[],
    ) => (albums.length === 0 ? [] : [t(key, { who, what: this.#albums(albums) })])
    return [
      ...sentence('willLose', loses),
      ...sentence('willNotModify', keepsToLook),
      ...sentence('willNotComment', silent),
      ...sentence('willSee', sees),
      ...sentence('willComment', comments),
      ...sentence('willModify', modifies),
    ]
  }

  #albums(ids: string[]): string {
    const known = this.#needs.albumsState.albums.filter(({ id }) => ids.includes(id))
    const photos = counted(
      'photos',
      known.reduce((sum, album) => sum + album.photos, 0),
    )
    const [only] = known
    if (known.length === 1 && only) return t('whatAlbum', { album: only.title, photos })
    return t('whatAlbums', { albums: counted('nAlbums', ids.length), photos })
  }
}

export const [getAccessState, setAccessState] = createContext<AccessState>()
