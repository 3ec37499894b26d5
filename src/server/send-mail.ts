import type { Gallery } from '../core/gallery/gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import type { Library } from '../core/library/library.ts'
import { noteImport } from '../core/mail/gather.ts'
import { MailLinks } from '../core/mail/links.ts'
import { MailOffice } from '../core/mail/mail-office.ts'
import { MailSettingsStore } from '../core/mail/settings.ts'
import { GalleryError } from '../shared/errors.ts'

/** How long news that are told at once wait for more where nothing else is said, in seconds. */
const usualWaitSeconds = 120

const readWait = (text: string | undefined): number => {
  const seconds = text ? Number(text) : usualWaitSeconds
  if (!(seconds >= 0 && seconds <= 3600))
    throw new GalleryError('INVALID', 'mailSettingsWrong', { name: 'CIMAISE_MAIL_WAIT' })
  return seconds * 1000
}

/**
 * What sends mail at this server; null where its own account could not know who is to be told. `sender`: the program's account, or
 * that of the user who started the server. INVALID where the environment says what makes no sense.
 */
export const openMailOffice = (
  gallery: Gallery,
  sender: Session,
  env: NodeJS.ProcessEnv,
): MailOffice | null => {
  const store = new MailSettingsStore(gallery.home.path, env)
  if (!sender.identity.administrator && !sender.identity.service) return null
  const links = new MailLinks(gallery.secretFor('links in mails'))
  const foldMs = readWait(env['CIMAISE_MAIL_WAIT'])
  return new MailOffice({ sender, store, links, foldMs, log: console.error })
}

/**
 * Tells administrators of each import that has ended on this server. Files that could not be read before the server started are
 * known: they are met again at each start. Returns the way to stop.
 */
export const tellImports = (office: MailOffice | null, sender: Session, library: Library): (() => void) => {
  const stop = new AbortController()
  const follow = async () => {
    let known: number | null = null
    let isOver = false
    for await (const { state, scanning, added, failed } of library.follow(stop.signal)) {
      const wasOver = isOver
      isOver = state === 'idle' && !scanning
      if (!isOver || wasOver) continue
      const ended = { added, failed: Math.max(0, failed - (known ?? failed)) }
      known = failed
      if (office?.sends && ended.added + ended.failed > 0)
        await noteImport(sender, { host: sender.host, ...ended }).catch(() => undefined) // Redis is away
    }
  }
  follow().catch(() => undefined)
  return () => stop.abort()
}
