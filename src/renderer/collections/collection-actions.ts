import { createContext } from 'svelte'
import { parseRef } from '../../shared/domain/refs.ts'
import type { Collection } from '../../shared/schemas/collection.ts'
import { copyLink } from '../app/links.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import type { SessionState } from '../auth/session-state.svelte.ts'
import type { History } from '../commands/history.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import { counted, t } from '../i18n/index.ts'
import type { CollectionsState } from './collections-state.svelte.ts'

interface Needs {
  notices: Notify
  collectionsState: CollectionsState
  sessionState: SessionState
  navigation: Navigation
  history: History
  dialogs: Dialogs
}

/** What users do to collections, and to photos in them. */
export class CollectionActions {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get mayCreate() {
    return this.#needs.sessionState.canCreateAlbums
  }

  get mayShare() {
    return this.#needs.sessionState.administrator
  }

  /** The collections that the user may add photos to. */
  get targets(): Collection[] {
    return this.#needs.collectionsState.collections.filter(({ right, smart }) => right === 'modify' && !smart)
  }

  /** Makes a collection of a title. Its id; null where that failed. */
  async create(title: string): Promise<string | null> {
    const { history } = this.#needs
    const made = await history.perform(t('didCreateCollection', { collection: title }), [
      { kind: 'create-collection', title },
    ])
    return made?.collection ?? null
  }

  askForCollection() {
    this.#needs.dialogs.ask({
      kind: 'text',
      title: t('newCollection'),
      label: t('collectionTitle'),
      value: '',
      action: t('create'),
      give: async (title) => {
        const id = await this.create(title)
        if (id !== null) this.#needs.navigation.go({ collection: id })
      },
    })
  }

  askForName({ id, title, smart }: Collection) {
    const { dialogs, history } = this.#needs
    dialogs.ask({
      kind: 'text',
      title: t(smart ? 'renameSmart' : 'renameCollection'),
      label: t('collectionTitle'),
      value: title,
      action: t('rename'),
      give: (to) =>
        history.perform(t(smart ? 'didRenameSmart' : 'didRenameCollection', { collection: to }), [
          { kind: 'rename-collection', collection: id, to, from: title },
        ]),
    })
  }

  askForDescription({ id, title, description }: Collection) {
    const { dialogs, history } = this.#needs
    dialogs.ask({
      kind: 'text',
      title,
      label: t('description'),
      value: description,
      multiline: true,
      action: t('save'),
      give: (text) =>
        history.perform(t('didDescribe', { album: title }), [
          { kind: 'describe-collection', collection: id, field: 'description', to: text || null },
        ]),
    })
  }

  /** Makes a photo the picture that stands for a collection. */
  async setCover({ id, title }: Collection, photo: string) {
    await this.#needs.history.perform(t('didCover', { album: title }), [
      { kind: 'describe-collection', collection: id, field: 'cover', to: photo },
    ])
  }

  /** Copies the address of a collection, for others who may see it. */
  copyLink({ id }: Collection) {
    return copyLink(this.#needs, { collection: id })
  }

  /** Asks who may see a collection. */
  askForRights({ id }: Collection) {
    this.#needs.dialogs.ask({ kind: 'collection-rights', collection: id })
  }

  /** Removes a collection; its photos stay in their albums. */
  async remove({ id, title, smart }: Collection) {
    const { history, navigation } = this.#needs
    const name = t(smart ? 'didRemoveSmart' : 'didRemoveCollection', { collection: title })
    const done = await history.perform(name, [{ kind: 'delete-collection', collection: id }])
    if (done && navigation.collection === id) navigation.show(null)
  }

  /** Puts photos, `album/photo` each, into a collection. They stay in their albums. */
  async add(refs: string[], { id, title }: { id: string; title: string }) {
    if (refs.length === 0) return
    const values = refs.map((ref) => ({ photo: parseRef(ref).id, at: null }))
    const blanks = { photos: counted('photos', refs.length), collection: title }
    await this.#needs.history.perform(t('didCollect', blanks), [{ kind: 'collect', collection: id, values }])
  }

  /** Asks to which collection photos are to be added. */
  askWhereToAdd(refs: string[]) {
    if (refs.length > 0) this.#needs.dialogs.ask({ kind: 'collect', refs })
  }

  /** Takes photos out of the collection that is shown. They stay in their albums. */
  async removePhotos(refs: string[]) {
    const { collectionsState, history } = this.#needs
    const { shown } = collectionsState
    if (!shown || refs.length === 0) return
    const photos = refs.map((ref) => parseRef(ref).id)
    const blanks = { photos: counted('photos', photos.length), collection: shown.title }
    await history.perform(t('didUncollect', blanks), [{ kind: 'uncollect', collection: shown.id, photos }])
  }
}

export const [getCollectionActions, setCollectionActions] = createContext<CollectionActions>()
