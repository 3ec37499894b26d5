import { asJoined, lookForGallery } from '../../core/gallery/joined.ts'
import type { Gallery } from '../../core/gallery/gallery.ts'
import type { Session } from '../../core/gallery/session.ts'
import { hasFunctions } from '../../core/redis/call-function.ts'
import { passwordOf } from '../../core/redis/clients.ts'
import type { DesktopPlace } from '../../router/base.ts'
import { english } from '../../shared/i18n/english.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { CertificatePaths, GalleryAddress } from '../../shared/schemas/place.ts'
import { chooseCertificate } from '../desktop.ts'
import type { DesktopSession } from '../desktop-session.ts'
import { firstSession } from '../entering.ts'
import { Keychain } from '../keychain.ts'
import { aboutFiles, readCertificate } from './certificate-files.ts'
import { fixedFiles, isPlaceFixed, keepHere, keepJoined, keptPlace, type Joined } from './kept-place.ts'
import { addressOf, knownSentinelPassword, openJoined, openOwn } from './open-gallery.ts'
import { inTime } from './in-time.ts'

/** A gallery that is open, and who is in it. */
interface Entered {
  gallery: Gallery
  session: Session
}

/** Enters a gallery that is being opened. Nothing stays open where that fails. */
const enter = async (
  opening: Promise<Gallery>,
  logIn: (gallery: Gallery) => Promise<Session>,
): Promise<Entered> => {
  const gallery = await opening
  try {
    return { gallery, session: await logIn(gallery) }
  } catch (error) {
    await gallery.close()
    throw error
  }
}

/** Logs in to a gallery on a server. An administrator brings the functions of this version; others are refused all without. */
const logIn = async (gallery: Gallery, account: string, key: string): Promise<Session> => {
  const session = await gallery.login(account, key)
  if (session.identity.administrator || (await hasFunctions(session.redis))) return session
  throw new GalleryError('UNAVAILABLE', 'functionsMissing')
}

/** What is asked the Sentinels with: what was typed, or what is known of the same address. */
const passwordFor = async ({ url, sentinelPassword }: GalleryAddress) =>
  sentinelPassword || (await knownSentinelPassword(url))

const close = ({ gallery }: Entered) => gallery.close()

/** What the window may ask of where its gallery is. */
export const desktopPlace = (desktopSession: DesktopSession): DesktopPlace => {
  /** Files that the user chose since the start: the page may name these and those that are kept, and no others. */
  const chosen = new Set<string>()

  const checkPaths = (files: CertificatePaths) => {
    const known = Object.values(keptPlace().joined?.files ?? {})
    for (const path of Object.values(files))
      if (path !== null && !chosen.has(path) && !known.includes(path))
        throw new GalleryError('INVALID', 'fileNotChosen')
  }

  /** A locked window keeps its gallery, as another one would be entered without the password. */
  const checkFree = () => {
    if (isPlaceFixed()) throw new GalleryError('UNSUPPORTED', 'placeFixed')
    if (desktopSession.locked !== null) throw new GalleryError('FORBIDDEN', 'typePassword')
  }

  const move = async (joined: Joined, entered: Entered) => {
    keepJoined(joined)
    await desktopSession.moveTo(entered.gallery, entered.session)
  }

  return {
    describe: async () => {
      const { joined } = keptPlace()
      const { refused } = desktopSession
      const now = isPlaceFixed() ? 'environment' : desktopSession.gallery.embedded ? 'here' : 'joined'
      return {
        now,
        joined: joined && {
          url: joined.url,
          account: joined.account,
          files: aboutFiles(joined.files),
          sentinelPassword: (await knownSentinelPassword(joined.url)) !== '',
        },
        refused: refused && { text: refused, message: english(refused) },
        fixedFiles: aboutFiles(fixedFiles()),
        canRemember: await desktopSession.keychain.canRemember(),
      }
    },
    chooseFile: async (kind) => {
      const path = await chooseCertificate(kind)
      if (path === null) return null
      const { about } = readCertificate(kind, path)
      chosen.add(path)
      return about
    },
    look: async (wanted, signal) => {
      checkFree()
      checkPaths(wanted.files)
      const { keys } = desktopSession.gallery
      const sentinelPassword = await passwordFor(wanted)
      const looking = asJoined(async () => lookForGallery(addressOf({ ...wanted, sentinelPassword }), keys))
      return { gallery: await inTime(looking, { url: wanted.url, signal }) }
    },
    join: async ({ gallery, account, key, remember, ...wanted }, signal) => {
      checkFree()
      checkPaths(wanted.files)
      const { url, files } = wanted
      const joined = { url, gallery, account, files }
      const sentinels = await passwordFor(wanted)
      const opening = openJoined(joined, sentinels)
      const entering = asJoined(() => enter(opening, (opened) => logIn(opened, account, key)))
      const entered = await inTime(entering, { url, signal, late: close })
      const keychain = new Keychain(entered.gallery.id)
      if (!remember) keychain.forget(account)
      await keychain.note(account, remember && (await keychain.canRemember()) ? key : null)
      await keychain.noteSentinels(sentinels)
      await move(joined, entered)
    },
    leave: async () => {
      checkFree()
      const { gallery, session } = await enter(openOwn(), (opened) =>
        firstSession(opened, new Keychain(opened.id)),
      )
      keepHere()
      await desktopSession.moveTo(gallery, session)
    },
    setFiles: async (files, signal) => {
      checkFree()
      checkPaths(files)
      const { joined } = keptPlace()
      if (!joined || desktopSession.gallery.embedded) throw new GalleryError('INVALID', 'notJoined')
      const { account, guest, redis } = desktopSession.session
      const wanted = { ...joined, files }
      const sentinels = await knownSentinelPassword(joined.url)
      const entering = asJoined(() =>
        enter(openJoined(wanted, sentinels), (opened) =>
          guest ? opened.guest() : logIn(opened, account, passwordOf(redis)),
        ),
      )
      await move(wanted, await inTime(entering, { url: wanted.url, signal, late: close }))
    },
  }
}
