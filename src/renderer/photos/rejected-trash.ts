import type { PhotoQuery } from '../../shared/schemas/photo.ts'
import type { CommandContext } from '../commands/command-context.ts'
import { PhotoPages } from '../grid/photo-pages.svelte.ts'
import { counted, t } from '../i18n/index.ts'
import { changeable } from './permissions.ts'

type Needs = Pick<
  CommandContext,
  'client' | 'navigation' | 'albumsState' | 'dialogs' | 'notices' | 'photoActions'
>

/** The rejected photos of a view; null: it shows none, as it is one of others. */
const rejectedOf = ({ filter, ...view }: PhotoQuery): PhotoQuery | null =>
  filter?.flag && filter.flag !== 'reject' ? null : { ...view, filter: { ...filter, flag: 'reject' } }

const rejectedRefs = async ({ client, navigation }: Needs): Promise<string[]> => {
  const view = rejectedOf(navigation.query)
  if (!view) return []
  const { total } = await client.photos.page({ view, offset: 0, limit: 1 })
  return total === 0 ? [] : new PhotoPages(client, view).refs(0, total - 1)
}

/** Asks, with their number, and then moves all rejected photos of what is shown to the trash. Undo brings them back. */
export const askForRejected = async (needs: Needs) => {
  const { albumsState, dialogs, notices, photoActions } = needs
  const refs = await notices.attempt(() => rejectedRefs(needs))
  if (!refs) return
  const mine = changeable(albumsState.albums, refs)
  if (mine.length === 0) {
    notices.complain(t(refs.length === 0 ? 'noneRejected' : 'mayNotChange'))
    return
  }
  dialogs.ask({
    kind: 'confirm',
    title: t('rejectedTitle', { photos: counted('photos', mine.length) }),
    text: t('rejectedText'),
    action: t('toTrash'),
    run: () => photoActions.trash(mine),
  })
}
