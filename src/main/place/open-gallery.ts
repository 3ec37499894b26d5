import { dialog } from 'electron'
import { GalleryError } from '../../shared/errors.ts'
import type { RedisAddress } from '../../core/redis/address.ts'
import { asJoined, parseTypedAddress } from '../../core/gallery/joined.ts'
import type { Gallery } from '../../core/gallery/gallery.ts'
import { openGallery } from '../../core/gallery/open-gallery.ts'
import type { GalleryAddress } from '../../shared/schemas/place.ts'
import { say, words } from '../i18n.ts'
import { certificatesIn } from './certificate-files.ts'
import { inTime } from './in-time.ts'
import { isPlaceFixed, keptPlace, type Joined } from './kept-place.ts'

const options = { watchSettings: true, shell: 'desktop' } as const

/** Opens the gallery of this computer, or the one that the environment names. */
export const openOwn = (): Promise<Gallery> => openGallery(options)

/** An address as it was typed, with the certificates out of its files. */
export const addressOf = ({ url, files }: GalleryAddress): RedisAddress => ({
  ...parseTypedAddress(url),
  certificates: certificatesIn(files),
})

/** Opens a gallery on a server. */
export const openJoined = (joined: Joined): Promise<Gallery> =>
  asJoined(() => openGallery({ ...options, joined: { address: addressOf(joined), id: joined.gallery } }))

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

/**
 * Opens the gallery that the app starts in. Where one on a server does not open, the user says what then: this computer's own is
 * opened for this time only. Throws LeftAtStart where the user quits.
 */
export const openAtStart = async (): Promise<Gallery> => {
  const { joined, starts } = keptPlace()
  if (!joined || !starts || isPlaceFixed()) return openOwn()
  for (;;) {
    try {
      return await inTime(openJoined(joined), { url: joined.url, late: (gallery) => gallery.close() })
    } catch (error) {
      if (!(error instanceof GalleryError)) throw error
      console.error(error.message)
      const then = await askWhatThen(error)
      if (then === 'own') return openOwn()
      if (then === 'quit') throw new LeftAtStart()
    }
  }
}
