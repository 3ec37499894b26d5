import type { DownloadKind } from '../../../shared/domain/downloads.ts'
import { givesAsItIs } from '../../../shared/domain/visitor-switches.ts'
import { switchesOf } from '../../access/visitors.ts'
import { isStranger, type Session } from '../../gallery/session.ts'
import { sizeGiven, type CopySize } from '../export/visitor-copy.ts'

/** What of a photo is sent: its file, or a picture that is made of it; null for nothing. */
export type Given = 'file' | CopySize | null

/** Looks up what is given of the photos of one album. Asked for each photo anew, so that a change holds in the midst of a download. */
export const whatIsGiven = async (
  session: Session,
  album: string,
  kind: DownloadKind,
): Promise<(isFilm: boolean) => Given> => {
  const asAsked = (isFilm: boolean) => (kind === 'screen' && !isFilm ? 'screen' : 'file')
  if (!isStranger(session)) return asAsked
  const given = await switchesOf(session, album)
  if (given.download === 'none') return () => null
  if (givesAsItIs(given)) return asAsked
  // Of a film no copy can be made that says nothing of its own.
  return (isFilm) => (isFilm ? null : kind === 'screen' ? 'screen' : sizeGiven(given))
}
