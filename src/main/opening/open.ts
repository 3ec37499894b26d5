import { stat } from 'node:fs/promises'
import { dialog } from 'electron'
import type { Library } from '../../core/library/library.ts'
import { GalleryError } from '../../shared/errors.ts'
import { shareLink } from '../../shared/domain/share-link.ts'
import type { FoundPhoto } from '../../shared/schemas/library.ts'
import { pageUrl } from '../address.ts'
import { showPhoto } from '../commands.ts'
import { showProblem } from '../desktop.ts'
import type { DesktopSession } from '../desktop-session.ts'
import { addFolders, chooseAndAddFolders } from '../folders.ts'
import { words } from '../i18n.ts'
import { currentWindow } from '../window.ts'
import { shareLinkIn, type Opened } from './opened.ts'

const isFile = (path: string) =>
  stat(path).then(
    (stats) => stats.isFile(),
    () => false, // what is not there is refused as a folder
  )

/** Waits until a file was taken in; null where that has come to an end without it. */
const takenIn = async (library: Library, path: string): Promise<FoundPhoto | null> => {
  const over = new AbortController()
  try {
    for await (const { state } of library.follow(over.signal)) {
      const [found] = await library.find([path])
      if (found) return found
      if (state !== 'working') break
    }
  } finally {
    over.abort()
  }
  return (await library.find([path]))[0] ?? null
}

/** Shows the first of some photos; those that the gallery does not have are taken in alone, without the rest of their folders. */
const openPhotos = async (library: Library | null, files: string[]) => {
  const [first] = files
  if (first === undefined) return
  try {
    if (!library) throw new GalleryError('FORBIDDEN', 'foldersAreOwners')
    const known = (await library.find(files)).map(({ path }) => path)
    const fresh = files.filter((path) => !known.includes(path))
    if (fresh.length > 0) await library.add(fresh, words().openedPhotos)
    const photo = await takenIn(library, first)
    if (photo && !photo.trashed) showPhoto(photo)
  } catch (error) {
    await showProblem(words().cannotOpenPhotos, error)
  }
}

/** Whether the user wants the album of a link, which any page may have sent. */
const wantsShared = async () => {
  const { openShared, openSharedDetail, openAlbum, cancel } = words()
  const window = currentWindow()
  const options = {
    type: 'question' as const,
    message: openShared,
    detail: openSharedDetail,
    buttons: [openAlbum, cancel],
    defaultId: 1,
    cancelId: 1,
  }
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options))
  return response === 0
}

/** Lets the page follow a share link, if the user says so. Nothing else of the address goes on. */
const openLink = async ({ locked }: DesktopSession, address: string) => {
  const link = locked === null ? shareLinkIn(address) : null
  if (!link || !(await wantsShared())) return
  const { name, secret, hasPassword } = link
  await currentWindow()?.loadURL(shareLink(pageUrl, name, secret, hasPassword))
}

/** Takes folders in, shows photos and follows links, in the window that is there. */
export const open = async (desktopSession: DesktopSession, { paths, links, asks }: Opened): Promise<void> => {
  const { library } = desktopSession
  const files = await Promise.all(paths.map(isFile))
  await addFolders(
    library,
    paths.filter((_, n) => !files[n]),
  )
  await openPhotos(
    library,
    paths.filter((_, n) => files[n]),
  )
  if (asks) await chooseAndAddFolders(library)
  for (const address of links.slice(0, 1)) await openLink(desktopSession, address)
}
