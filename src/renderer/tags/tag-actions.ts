import type { TagCount } from '../../shared/schemas/photo.ts'
import { foldTag } from '../../shared/domain/tags.ts'
import type { GalleryState } from '../app/app-state.svelte.ts'
import type { MenuItem } from '../ui/menus.svelte.ts'
import { TreeDrop } from '../ui/tree-drop.svelte.ts'
import type { Branch, Titled } from '../ui/tree.ts'
import { counted, t } from '../i18n/index.ts'

export type TagBranch = Branch<Titled>

export const titled = (tags: TagCount[]): Titled[] => tags.map(({ tag, photos }) => ({ title: tag, photos }))

/** Photos that are dragged onto a tag get it. */
export class TagDrop extends TreeDrop<Titled> {
  refusal() {
    return null
  }

  protected async take({ path }: TagBranch, refs: string[] | null) {
    if (refs) await this.gallery.photoActions.tag(refs, [path], [])
  }
}

/** Renames a tag with all below it, or removes it, wherever the person may. */
const change = async (gallery: GalleryState, tag: string, to: string | null) => {
  const plan = await gallery.attempt(() => gallery.client.tags.plan({ tag, to }))
  if (!plan) return
  if (plan.length === 0) return gallery.complain(t('tagElsewhere', { tag }))
  const name = to === null ? t('didDeleteTag', { tag }) : t('didRenameTag', { tag, to })
  await gallery.history.perform(name, plan)
  const { filter } = gallery.navigation
  const renamed = (all: string[] | undefined) =>
    all?.flatMap((own) => (foldTag(own) === foldTag(tag) ? (to === null ? [] : [to]) : [own]))
  if (gallery.navigation.isFiltered)
    gallery.narrow(
      { ...filter, all: renamed(filter.all), any: renamed(filter.any), none: renamed(filter.none) },
      true,
    )
}

export const askForTagName = (gallery: GalleryState, { path, photos }: TagBranch) =>
  gallery.dialogs.ask({
    kind: 'text',
    title: t('renameTag', { photos: counted('photos', photos) }),
    label: t('tagName'),
    value: path,
    action: t('rename'),
    hint: t('renameTagHint'),
    give: (to) => change(gallery, path, to),
  })

export const deleteTag = (gallery: GalleryState, { path }: TagBranch) => change(gallery, path, null)

/** What can be done with a tag. */
export const tagMenu = (gallery: GalleryState, branch: TagBranch): (MenuItem | null)[] => {
  const { navigation, photoActions } = gallery
  const add = (list: 'all' | 'none') => () =>
    gallery.narrow({ ...navigation.filter, [list]: [...(navigation.filter[list] ?? []), branch.path] })
  const mayChange = gallery.albums.some(({ right }) => right === 'modify')
  const { refs } = photoActions
  const blanks = { photos: counted('photos', refs.length) }
  return [
    { label: t('filterWith'), run: add('all') },
    { label: t('filterWithout'), run: add('none') },
    {
      label: t('tagThese', blanks),
      disabled: !photoActions.canChange,
      run: () => void photoActions.tag(refs, [branch.path], []),
    },
    null,
    {
      label: t('renameTagItem'),
      keys: 'F2',
      disabled: !mayChange,
      run: () => askForTagName(gallery, branch),
    },
    {
      label: t('deleteTag'),
      keys: '⌫',
      grave: true,
      disabled: !mayChange,
      run: () => void deleteTag(gallery, branch),
    },
  ]
}
