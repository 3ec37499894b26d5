import { dialog } from 'electron'
import { GalleryError } from '../../shared/errors.ts'
import type { Text } from '../../shared/i18n/text.ts'
import type { RedisAddress } from '../../core/redis/address.ts'
import { asJoined, isForSentinelPassword, parseTypedAddress } from '../../core/gallery/joined.ts'
import type { Gallery } from '../../core/gallery/gallery.ts'
import { openGallery } from '../../core/gallery/open-gallery.ts'
import type { GalleryAddress } from '../../shared/schemas/place.ts'
import { say, words } from '../i18n.ts'
import { Keychain } from '../keychain.ts'
import { certificatesIn } from './certificate-files.ts'
import { inTime } from './in-time.ts'
import { isPlaceFixed, keptPlace, type Joined } from './kept-place.ts'

const options = { watchSettings: true, shell: 'desktop' } as const

/** Opens the gallery of this computer, or the one that the environment names. */
export const openOwn = (): Promise<Gallery> => openGallery(options)

/** An address as it was typed, with the certificates out of its files. */
export const addressOf = ({ url, files, sentinelPassword }: GalleryAddress): RedisAddress => ({
  ...parseTypedAddress(url, sentinelPassword),
  certificates: certificatesIn(files),
})

/** Opens a gallery on a server. `sentinelPassword`: empty where its Sentinels ask for none. */
export const openJoined = (joined: Joined, sentinelPassword: string): Promise<Gallery> =>
  asJoined(() => {
    const address = addressOf({ ...joined, sentinelPassword })
    return openGallery({ ...options, joined: { address, id: joined.gallery } })
  })

/** What this computer knows of what the Sentinels at an address ask for: no other address is told it. */
export const knownSentinelPassword = async (url: string): Promise<string> => {
  const { joined } = keptPlace()
  return joined?.url === url ? new Keychain(joined.gallery).sentinelPassword() : ''
}

/** The user left rather than look at another gallery than the one that does not open. */
export class LeftAtStart extends Error {}

const askWhatThen = async (error: GalleryError): Promise<'again' | 'own' | 'quit'> => {
  const { joinedNotOpened, tryAgain, openOwn: own, quitNow } = words()
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: joinedNotOpened,
    detail: say(error.text),
    buttons: [tryAgain, own, quitNow],
    defaultId: 0,
    cancelId: 2,
  })
  return (['again', 'own', 'quit'] as const)[response] ?? 'quit'
}

/** The gallery that the app starts in. */
interface Opened {
  gallery: Gallery
  /** Why it is not the one that was joined, which the dialog for that says; null where nothing is to be said. */
  refused: Text | null
}

const inOwn = async (refused: Text | null = null): Promise<Opened> => ({ gallery: await openOwn(), refused })

/**
 * Opens the gallery that the app starts in. Where one on a server does not open, the user says what then: this computer's own is
 * opened for this time only. It is without a question where a password is all that is missing. Throws LeftAtStart where the user quits.
 */
export const openAtStart = async (): Promise<Opened> => {
  const { joined, starts } = keptPlace()
  if (!joined || !starts || isPlaceFixed()) return inOwn()
  const password = await knownSentinelPassword(joined.url)
  for (;;) {
    try {
      const opening = openJoined(joined, password)
      const gallery = await inTime(opening, { url: joined.url, late: (opened) => opened.close() })
      return { gallery, refused: null }
    } catch (error) {
      if (!(error instanceof GalleryError)) throw error
      console.error(error.message)
      if (isForSentinelPassword(error.text)) return inOwn(error.text)
      const then = await askWhatThen(error)
      if (then === 'own') return inOwn()
      if (then === 'quit') throw new LeftAtStart()
    }
  }
}
