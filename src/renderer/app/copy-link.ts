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

/**
 * Copies a text. Where the browser refuses, as it lets pages copy only where they came encrypted, or from this computer, the text is shown to
 * be copied by hand, and false is answered.
 */
export const copyOrShow = async (
  dialogs: Pick<Dialogs, 'ask'>,
  { title, label, text }: { title: string; label: string; text: string },
): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    dialogs.ask({ kind: 'text', title, label, value: text, action: t('close'), give: () => null })
    return false
  }
}

/** Copies the address of an album, or of a photo in it, for others who may see it. */
export const copyLink = async ({ dialogs, navigation, notices }: Needs, shown: Partial<Shown>) => {
  const text = navigation.linkTo(shown)
  if (await copyOrShow(dialogs, { title: t('copyLink'), label: t('link'), text }))
    notices.complain(t('linkCopied'))
}
