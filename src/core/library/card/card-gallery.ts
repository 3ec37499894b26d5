import type { Decoder } from '../decode/pool.ts'
import type { KnownFiles } from '../index/file-index.ts'
import type { CardGallery } from './import-card.ts'

/** What this computer has taken in, for an import from a card. */
export const cardGalleryOf = (known: KnownFiles, { taken }: Pick<Decoder, 'taken'>): CardGallery => ({
  sizes: new Set([...known.entries.values()].map(({ size }) => size)),
  has: (digest) => known.pathsOf(digest).length > 0,
  takenOf: taken,
})
