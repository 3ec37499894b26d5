import type { SetAside } from '../../shared/schemas/account.ts'
import { bytes } from '../i18n/format.ts'
import { counted, t } from '../i18n/index.ts'

/** What of an account's own keys outgrew a limit, in words. */
export const setAsideWords = ({ kind, amount }: SetAside): string => {
  if (kind === 'memory') return t('holdsMemory', { size: bytes(amount) })
  if (kind === 'record') return t('holdsRecord', { size: bytes(amount) })
  return counted(kind === 'stream' ? 'holdsEntries' : 'holdsAlbums', amount)
}
