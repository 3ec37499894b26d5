import { watermarkSetting } from '../gallery/watermark.ts'
import { isStranger, type Session } from '../gallery/session.ts'
import { switchesOf } from './visitors.ts'

/** The words that pictures of an album carry for the caller; null for none, as for all accounts. Asked anew for each picture. */
export const markFor = async (session: Session, album: string): Promise<string | null> => {
  if (!isStranger(session) || !(await switchesOf(session, album)).watermark) return null
  const { words, usual } = await watermarkSetting(session)
  return words ?? usual
}
