import type { Album } from '../../shared/schemas/album.ts'
import type { ActivityEntry } from '../../shared/schemas/event.ts'
import type { Collection } from '../../shared/schemas/collection.ts'
import type { StatusesState } from '../statuses/statuses-state.svelte.ts'
import { listed } from '../i18n/format.ts'
import { counted, t } from '../i18n/index.ts'

/** What the user may see that words name. */
interface Known {
  albums: readonly Album[]
  collections: readonly Collection[]
  statuses: Pick<StatusesState, 'nameOf'>
}

const stars = (rating: string) => '★'.repeat(Math.min(5, Number(rating) || 0))
const lines = (text: string | null) => listed((text ?? '').split('\n').filter(Boolean))

const edited = ({ field, to }: ActivityEntry, photos: string, { statuses }: Known): string => {
  if (field === 'rating')
    return to ? t('wasRated', { photos, stars: stars(to) }) : t('wasUnrated', { photos })
  if (field === 'flag') {
    if (!to) return t('wasUnflagged', { photos })
    return t(to === 'pick' ? 'wasPicked' : 'wasRejected', { photos })
  }
  if (field === 'label') return t('wasLabelled', { photos })
  if (field === 'status') {
    const status = to && statuses.nameOf(to)
    if (status) return t('wasStatus', { photos, status })
    return t(to ? 'wasStatusGone' : 'wasUnstatus', { photos })
  }
  if (field === 'title') return to ? t('wasTitled', { photos, title: to }) : t('wasEdited', { photos })
  if (field === 'adjust') return t('wasAdjusted', { photos })
  if (field === 'dated') return t('wasDated', { photos })
  return t(field === 'rank' ? 'wasOrdered' : 'wasEdited', { photos })
}

/** What happened, in words without who did it. */
export const activityText = (entry: ActivityEntry, known: Known): string => {
  const { albums, collections } = known
  const { what, album, fromAlbum, from, to } = entry
  const photos = counted('photos', entry.photos)
  const titleOf = (id: string | null) => albums.find((known) => known.id === id)?.title ?? t('anotherAlbum')
  const blanks = { photos, album: titleOf(album), from: titleOf(fromAlbum), to: to ?? '', before: from ?? '' }
  const collection = collections.find(({ id }) => id === album)?.title ?? to ?? ''
  const smart = entry.field === 'search'
  const inCollection = { photos, collection, to: to ?? '', before: from ?? '' }
  const words: Record<string, () => string> = {
    added: () => t('wasAdded', blanks),
    changed: () => t('wasChanged', blanks),
    missing: () => t('wasMissing', blanks),
    found: () => t('wasFound', blanks),
    arrived: () => t(fromAlbum ? 'wasMoved' : 'wasMovedIn', blanks),
    left: () => t('wasMovedOut', blanks),
    tagged: () =>
      lines(to) === ''
        ? t('wasUntagged', { photos, tags: lines(from) })
        : t('wasTagged', { photos, tags: lines(to) }),
    edited: () => edited(entry, photos, known),
    trashed: () => t('wasTrashed', blanks),
    restored: () => t('wasRestored', blanks),
    purged: () => t('wasPurged', blanks),
    stacked: () => t('wasStacked', blanks),
    unstacked: () => t('wasUnstacked', blanks),
    created: () => t('wasCreated', blanks),
    renamed: () => t('wasRenamed', blanks),
    described: () => t(entry.field === 'cover' ? 'wasCovered' : 'wasDescribed', blanks),
    deleted: () => t('wasDeleted', blanks),
    'album-restored': () => t('wasAlbumRestored', blanks),
    published: () => t('wasPublished', { ...blanks, album: collection || blanks.album }),
    hidden: () => t('wasHidden', { ...blanks, album: collection || blanks.album }),
    collected: () => t('wasCollected', inCollection),
    uncollected: () => t('wasUncollected', inCollection),
    arranged: () => t('wasArranged', inCollection),
    'collection-created': () => t(smart ? 'wasSmartCreated' : 'wasCollectionCreated', inCollection),
    'collection-renamed': () => t(smart ? 'wasSmartRenamed' : 'wasCollectionRenamed', inCollection),
    'collection-described': () => {
      if (smart) return t('wasSmartSearched', inCollection)
      return t(entry.field === 'cover' ? 'wasCovered' : 'wasDescribed', { ...blanks, album: collection })
    },
    'collection-deleted': () => t(smart ? 'wasSmartRemoved' : 'wasCollectionRemoved', inCollection),
    'collection-restored': () => t(smart ? 'wasSmartRestored' : 'wasCollectionRestored', inCollection),
    repaired: () => t('wasRepaired', blanks),
  }
  return words[what]?.() ?? what
}
