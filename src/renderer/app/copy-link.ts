import { t } from '../i18n/index.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import type { Navigation } from './navigation.svelte.ts'
import type { Shown } from './url-state.ts'

interface Needs {
  dialogs: Dialogs
  navigation: Navigation
  notices: Notify
}

/** The desktop window has no address that others could open. */
export const hasLinks = () => window.desktop === undefined

/** False where the browser refuses: it lets pages copy only where they came encrypted, or from this computer. */
const copy = async (text: string) => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** Copies the address of an album, or of a photo in it, for others who may see it. */
export const copyLink = async ({ dialogs, navigation, notices }: Needs, shown: Partial<Shown>) => {
  const link = navigation.linkTo(shown)
  if (await copy(link)) notices.complain(t('linkCopied'))
  else
    dialogs.ask({
      kind: 'text',
      title: t('copyLink'),
      label: t('link'),
      value: link,
      action: t('close'),
      give: () => null,
    })
}
