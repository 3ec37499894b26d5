import type { Session } from '../../gallery/session.ts'
import type { Decoder } from '../decode/pool.ts'
import { FileIndex } from '../file-index.ts'
import type { CardGallery } from './import-card.ts'

/** What this computer has taken in, for an import from a card. */
export const cardGalleryOf = async (
  session: Session,
  { taken }: Pick<Decoder, 'taken'>,
): Promise<CardGallery> => {
  const index = new FileIndex()
  await index.load(session)
  return {
    sizes: new Set([...index.entries.values()].map(({ size }) => size)),
    has: (digest) => index.pathsOf(digest).length > 0,
    takenOf: taken,
  }
}
