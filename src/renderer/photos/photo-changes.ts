import { byAlbum } from '../../shared/domain/refs.ts'
import type { Change, EditField } from '../../shared/schemas/change.ts'
import { counted, t } from '../i18n/index.ts'

/** What is said of a photo by one key. */
export type MarkField = 'rating' | 'flag' | 'label' | 'status'

/** Photos, as `album/photo`, as changes, one for each album that they are in. */
export const perAlbum = (refs: string[], toChange: (album: string, photos: string[]) => Change): Change[] =>
  [...byAlbum(refs)].map(([album, photos]) => toChange(album, photos))

/** Gives one field of photos the same value; null takes it away. */
export const edits = (refs: string[], field: EditField, value: string | null): Change[] =>
  perAlbum(refs, (album, photos) => ({
    kind: 'edit',
    album,
    field,
    values: photos.map((photo) => ({ photo, to: value })),
  }))

/** What was done, as its undo is called, where a field of so many photos was edited. */
export const editName = (field: EditField, count: number): string => {
  const blanks = { photos: counted('photos', count) }
  if (field === 'title') return t('didTitle', blanks)
  if (field === 'caption') return t('didCaption', blanks)
  return field === 'dated' ? t('didDate', blanks) : t('didEdit', blanks)
}

/** The same where so many photos were marked. `status`: what the status is called that they got. */
export const markName = (field: MarkField, value: string | null, count: number, status = ''): string => {
  const photos = counted('photos', count)
  if (field === 'rating')
    return value === null
      ? t('didUnrate', { photos })
      : t('didRate', { photos, stars: '★'.repeat(Number(value)) })
  if (field === 'flag') {
    if (value === null) return t('didUnflag', { photos })
    return t(value === 'pick' ? 'didPick' : 'didReject', { photos })
  }
  if (field === 'status')
    return value === null ? t('didUnstatus', { photos }) : t('didStatus', { photos, status })
  return value === null ? t('didUnlabel', { photos }) : t('didLabel', { photos })
}
