import { onTestFinished } from 'vitest'
import type { Library } from '../../src/core/library/library.ts'
import { openLibrary, type LibraryOptions } from '../../src/core/library/watched-library.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { listPhotos } from '../../src/core/photos/photos.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import type { PhotoDetails } from '../../src/shared/schemas/photo.ts'
import { sharedDecoder } from './decoder.ts'
import { startEmbeddedGallery, startGallery, type TestGallery } from './gallery.ts'

export interface TestLibrary extends TestGallery {
  library: Library
  session: Session
}

const startOn = async (started: TestGallery, options: LibraryOptions): Promise<TestLibrary> => {
  const session = await started.gallery.self()
  return { ...started, session, library: await reopen({ ...started, session }, options) }
}

/** A library on a gallery of its own. */
export const startLibrary = async (options: LibraryOptions = { watch: false }): Promise<TestLibrary> =>
  startOn(await startGallery(), options)

/** The same on an embedded Redis, which comes back when it is killed. */
export const startEmbeddedLibrary = async (
  options: LibraryOptions = { watch: false },
): Promise<TestLibrary> => startOn(await startEmbeddedGallery(), options)

/** Another library on the same gallery, as another process or a later start has it. */
export const reopen = async (
  { gallery, session }: Pick<TestLibrary, 'gallery' | 'session'>,
  options: LibraryOptions = { watch: false },
): Promise<Library> => {
  const library = await openLibrary(session, gallery.home, { decoder: sharedDecoder(), ...options })
  onTestFinished(() => library.close())
  return library
}

/** Every photo of the gallery. */
export const allPhotos = async (session: Session): Promise<PhotoDetails[]> => {
  const albums = await listAlbums(session)
  return (await Promise.all(albums.map(({ id }) => listPhotos(session, id, 0, 1000)))).flat()
}

/** Takes a folder in and waits until that is done. */
export const takeIn = async (library: Library, folder: string, album?: string) => {
  await library.add([folder], album)
  await library.settled()
  return library.status()
}
