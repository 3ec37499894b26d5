import { createContext } from 'svelte'
import { foldTag } from '../../shared/domain/tags.ts'
import type { TagCount } from '../../shared/schemas/photo.ts'
import type { AlbumsState } from '../albums/albums-state.svelte.ts'
import type { Client } from '../api/client.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import type { History } from '../commands/history.svelte.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import type { Branch, Titled } from '../ui/tree/tree.ts'
import { counted, t } from '../i18n/index.ts'

export type TagBranch = Branch

export const titled = (tags: TagCount[]): Titled[] => tags.map(({ tag, photos }) => ({ title: tag, photos }))

interface Needs {
  client: Client
  albumsState: AlbumsState
  navigation: Navigation
  history: History
  dialogs: Dialogs
  notices: Notify
}

/** What users do to tags, and to the branches of their tree. */
export class TagActions {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Whether there are photos whose tags the user may change. */
  get mayChange() {
    return this.#needs.albumsState.albums.some(({ right }) => right === 'modify')
  }

  /** Narrows what is shown to photos with a tag, or to those without it. */
  narrow({ path }: TagBranch, list: 'all' | 'none') {
    const { navigation } = this.#needs
    navigation.refine({ [list]: [...(navigation.filter[list] ?? []), path] })
  }

  askForName({ path, photos }: TagBranch) {
    this.#needs.dialogs.ask({
      kind: 'text',
      title: t('renameTag', { photos: counted('photos', photos ?? 0) }),
      label: t('tagName'),
      value: path,
      action: t('rename'),
      hint: t('renameTagHint'),
      give: (to) => this.#change(path, to),
    })
  }

  delete({ path }: TagBranch) {
    return this.#change(path, null)
  }

  /** Renames a tag with all below it, or removes it, wherever the user may. */
  async #change(tag: string, to: string | null) {
    const { client, history, notices, navigation } = this.#needs
    const plan = await notices.attempt(() => client.tags.plan({ tag, to }))
    if (!plan) return
    if (plan.length === 0) {
      notices.complain(t('tagElsewhere', { tag }))
      return
    }
    const name = to === null ? t('didDeleteTag', { tag }) : t('didRenameTag', { tag, to })
    await history.perform(name, plan)
    const { filter } = navigation
    const renamed = (all: string[] | undefined) =>
      all?.flatMap((own) => (foldTag(own) === foldTag(tag) ? (to === null ? [] : [to]) : [own]))
    if (navigation.isFiltered)
      navigation.refine(
        { all: renamed(filter.all), any: renamed(filter.any), none: renamed(filter.none) },
        true,
      )
  }
}

export const [getTagActions, setTagActions] = createContext<TagActions>()
