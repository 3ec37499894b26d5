import type { ComponentProps } from 'svelte'
import type { Notice } from '../../shared/schemas/notice.ts'
import { preferences } from '../app/preferences.svelte.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import { momentHere } from '../i18n/format.ts'
import { counted, t } from '../i18n/index.ts'
import type { SettingsRoute } from '../settings/settings-route.svelte.ts'
import type Icon from '../ui/controls/Icon.svelte'

export const iconOf: Record<Notice['kind'], ComponentProps<typeof Icon>['name']> = {
  photos: 'photos',
  imports: 'folder',
  uploads: 'export',
  comments: 'comment',
  selection: 'check',
  links: 'clock',
}

/** What a notice says; `album`: what its album is called. */
export const textOf = (notice: Notice, album: string): string => {
  if (notice.kind === 'links') {
    const blanks = { album, date: momentHere(notice.expires), label: notice.label }
    return notice.label ? t('noticeLinkFor', blanks) : t('noticeLink', blanks)
  }
  const { count } = notice
  if (notice.kind === 'imports') return counted('importedPhotos', count)
  if (notice.kind === 'comments')
    return count === 1
      ? t('noticeComment', { name: notice.name, album })
      : t('commentsIn', { comments: counted('commentsCount', count), album })
  const photos = counted('photos', count)
  if (notice.kind === 'selection')
    return t('noticeSelection', { name: notice.name || t('noticeClient'), album, photos })
  return notice.kind === 'photos'
    ? t('noticePhotos', { album, photos })
    : t('noticeUploads', { album, photos })
}

/** Leads to what a notice tells of. */
export const follow = (
  notice: Notice,
  { navigation, settingsRoute }: { navigation: Pick<Navigation, 'go'>; settingsRoute: SettingsRoute },
): void => {
  if (notice.kind === 'links') {
    settingsRoute.show('links', notice.share)
    return
  }
  const { album } = notice
  if (notice.kind === 'selection') navigation.go({ album, filter: { chosen: notice.share } })
  else if (notice.kind === 'comments') {
    preferences.change({ panel: 'info' })
    navigation.go({ album, photo: notice.photo })
  } else navigation.go({ album })
  settingsRoute.close()
}
