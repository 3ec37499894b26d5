import { openLibrary } from '../core/library/open.ts'
import { createDecoder, type Decoder } from '../core/library/pool.ts'
import type { Library } from '../core/library/library.ts'
import { openGallery, type Gallery } from '../core/open.ts'
import type { Session } from '../core/session.ts'
import { keepPeople } from '../core/people/requests.ts'
import { keepTrash } from '../core/trash.ts'

/** Everything that stands behind the window. */
export interface House {
  gallery: Gallery
  session: Session
  /** Guests have none: the folders of this computer are not theirs. */
  library: Library | null
  /** Converts originals for the viewer. */
  decoder: Decoder
  /** Ends the looking through the trash, and after what accounts ask of an administrator. */
  leave: () => void
}

/** Opens the gallery as the person at this computer, with its folders followed. Nothing stays open if that fails. */
export const openHouse = async (): Promise<House> => {
  const gallery = await openGallery({ watchSettings: true, shell: 'desktop' })
  try {
    const session = await gallery.self()
    const library = session.guest ? null : await openLibrary(session, gallery.home, { watch: true })
    const ends = [keepTrash(session), keepPeople(session)]
    return { gallery, session, library, decoder: createDecoder(), leave: () => ends.forEach((end) => end()) }
  } catch (error) {
    await gallery.close()
    throw error
  }
}

/** Closes what openHouse opened. The embedded Redis stops if this was its last user. */
export const closeHouse = async ({ gallery, library, decoder, leave }: House): Promise<void> => {
  leave()
  await Promise.allSettled([library?.close(), decoder.close()])
  await gallery.close()
}
