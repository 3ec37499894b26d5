import { ask } from '../access/own-account.ts'
import type { Session } from '../gallery/session.ts'
import { carryComments, photosSpokenOf } from './commenters.ts'

/**
 * Photos were moved: what was said of them follows. An administrator takes it along at once; any other account cannot write what
 * others said, and asks an administrator's session to do it, now or when there is one. Never fails, as the move was made.
 */
export const followMove = async (
  session: Session,
  moved: { from: string; to: string; photos: string[] },
): Promise<void> => {
  try {
    const spokenOf = new Set(await photosSpokenOf(session, moved.from))
    if (!moved.photos.some((photo) => spokenOf.has(photo))) return
    if (session.identity.administrator) await carryComments(session, moved)
    else await ask(session, { what: 'comments', album: moved.from })
  } catch {
    // The next look of an administrator's session gathers what is left behind (gather.ts).
  }
}
