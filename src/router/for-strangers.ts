import { switchesOf } from '../core/access/visitors.ts'
import { isStranger, type Session } from '../core/gallery/session.ts'
import { GalleryError } from '../shared/errors.ts'
import type { VisitorSwitches } from '../shared/domain/visitor-switches.ts'
import type { PhotoDetails } from '../shared/schemas/photo.ts'

/*
 * What guests and visitors of share links are not told: where originals lie, on which computer, in which Redis, and who did what.
 */

/** What a caller is told of a photo. */
export const shownTo = (session: Session, photo: PhotoDetails): PhotoDetails =>
  isStranger(session) ? { ...photo, path: '', host: '' } : photo

/** What a visitor is given of an album; null for accounts, which are given what they may read. */
export const givenTo = async (session: Session, album: string): Promise<VisitorSwitches | null> =>
  isStranger(session) ? switchesOf(session, album) : null

/** Throws FORBIDDEN for those who have no account. */
export const notForStrangers = (session: Session): void => {
  if (isStranger(session)) throw new GalleryError('FORBIDDEN', 'logInFirst')
}
