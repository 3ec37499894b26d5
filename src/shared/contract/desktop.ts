import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { DesktopAccess, LoginKey } from '../schemas/account.ts'
import { CopiesInput, CopiesMade } from '../schemas/dragged-copies.ts'
import { ExportProgress } from '../schemas/export.ts'
import { AccountName, AlbumId, PhotoId, PhotoRef, ShareName } from '../schemas/ids.ts'
import { Failure } from '../schemas/library.ts'
import { Appearance } from '../schemas/appearance.ts'
import { MenuCommand, Wish } from '../schemas/menu.ts'
import { OutsideState } from '../schemas/outside.ts'
import { UpdateChannel, UpdateState } from '../schemas/updates.ts'
import { refusals, refusing, streaming } from './base.ts'

/** Asks for folders in the system's dialog; none when it was dismissed. UNSUPPORTED outside the desktop shell. */
const chooseFolders = refusing('UNSUPPORTED').output(z.array(z.string()))

/** Shows a photo's original in the system's file manager. UNSUPPORTED outside the desktop shell. */
const reveal = refusing('NOT_FOUND', 'UNSUPPORTED')
  .input(z.object({ album: AlbumId, photo: PhotoId }))
  .output(z.void())

/** Opens an original in the program that the system has for its kind. UNSUPPORTED outside the desktop shell, and where there is none. */
const openOriginal = refusing('NOT_FOUND', 'UNSUPPORTED')
  .input(z.object({ album: AlbumId, photo: PhotoId }))
  .output(z.void())

const Photos = z.object({ photos: z.array(PhotoRef).min(1).max(1000) })

/**
 * Puts the paths of originals on the system's clipboard, a line for each, and answers how many they are: those that are not on this
 * computer have none here. NOT_FOUND where that is all of them; UNSUPPORTED outside the desktop shell.
 */
const copyPaths = refusing('NOT_FOUND', 'UNSUPPORTED').input(Photos).output(z.number().int())

/**
 * Begins to drag originals out of the window, while the pointer is held there: what they are dropped on gets their paths. Those that
 * are not on this computer stay behind; NOT_FOUND where that is all of them. UNSUPPORTED outside the desktop shell.
 */
const dragOut = refusing('NOT_FOUND', 'UNSUPPORTED').input(Photos).output(z.void())

/**
 * Makes smaller copies of photos, as JPEG, to be dragged out of the window by `dragCopies`: they are there until the program ends, or
 * until others take their place. Tells how far it is, and at its end what came of it. UNSUPPORTED outside the desktop shell.
 */
const makeCopies = streaming
  .errors(refusals('NOT_FOUND', 'UNSUPPORTED'))
  .input(CopiesInput)
  .output(eventIterator(ExportProgress, CopiesMade))

/** Begins to drag such copies out of the window, as `dragOut` does originals. NOT_FOUND where they are no more. */
const dragCopies = refusing('NOT_FOUND', 'UNSUPPORTED')
  .input(z.object({ copies: z.string().regex(/^[0-9a-f]{24}$/) }))
  .output(z.void())

/**
 * Moves the originals of photos to the system's own trash, which is what the user asked for in so many words. The photos
 * stay in the gallery as missing. Answers with those that stayed where they are, and why. UNSUPPORTED outside the desktop
 * shell.
 */
const trashOriginals = refusing('UNSUPPORTED')
  .input(Photos)
  .output(z.object({ trashed: z.number().int(), failed: z.array(Failure) }))

/** Which of the page's commands is chosen in the menu, by its id, and which photo is opened with the program, as it happens. */
const wishes = refusing('UNSUPPORTED').output(eventIterator(Wish))

/** Shows commands of the page in the menus, in the order in which they stand, by the names that they have now. */
const showCommands = refusing('UNSUPPORTED').input(z.array(MenuCommand).max(100)).output(z.void())

/** Has menus, the system's dialogs and its colours follow what this window was set to; it is kept. */
const setAppearance = refusing('UNSUPPORTED').input(Appearance).output(z.void())

/**
 * Opens a second window for the picture alone, on another display where there is one, or brings it to the front. The page says in it, on
 * a channel of that name, which photo it is. UNSUPPORTED outside the desktop shell.
 */
const showPicture = refusing('UNSUPPORTED')
  .input(z.object({ channel: z.string().regex(/^[0-9A-Za-z]{8}$/) }))
  .output(z.void())

/** Shows a notification of the system, unless the window is before the user. */
const notify = refusing('UNSUPPORTED')
  .input(z.object({ text: z.string().min(1).max(1000) }))
  .output(z.void())

/** Shows at the program's icon how far an import is, and how many comments are not read, where the system can. */
const showOutside = refusing('UNSUPPORTED').input(OutsideState).output(z.void())

/** Where the program stands with a newer version of itself, now and at each change. */
const updates = refusing('UNSUPPORTED').output(eventIterator(UpdateState))

/** Chooses which versions are looked for on this computer, and looks. */
const chooseUpdates = refusing('UNSUPPORTED')
  .input(z.object({ channel: UpdateChannel }))
  .output(z.void())

/** Looks for a newer version now, where that was chosen. */
const lookForUpdate = refusing('UNSUPPORTED').output(z.void())

/** Ends the program and starts the version that was loaded; nothing where there is none. */
const installUpdate = refusing('UNSUPPORTED').output(z.void())

/** Shows the file of what the program noted, in the system's file manager. */
const showLog = refusing('UNSUPPORTED').output(z.void())

/** Who has logged in on this computer. */
const accounts = refusing('UNSUPPORTED').output(DesktopAccess)

/**
 * Logs in, and keeps the key in the system's keychain where that is wanted. FORBIDDEN for a wrong one. Who follows a share link is
 * gone with the window: nothing is kept.
 */
const logIn = refusing('UNSUPPORTED')
  .input(z.object({ account: AccountName.or(ShareName), key: LoginKey, remember: z.boolean() }))
  .output(z.void())

/** Logs in with the key that this computer keeps; as its owner where `account` is null. FORBIDDEN where there is none. */
const open = refusing('UNSUPPORTED')
  .input(z.object({ account: AccountName.nullable() }))
  .output(z.void())

/** Shows what guests see, and forgets the key of the account. */
const logOut = refusing('UNSUPPORTED').output(z.void())

/** Hides everything until the account's password is given. INVALID for accounts without one. */
const lock = refusing('INVALID', 'UNSUPPORTED').output(z.void())

export const desktop = {
  chooseFolders,
  reveal,
  openOriginal,
  copyPaths,
  dragOut,
  makeCopies,
  dragCopies,
  trashOriginals,
  wishes,
  showCommands,
  setAppearance,
  showPicture,
  showLog,
  updates,
  chooseUpdates,
  lookForUpdate,
  installUpdate,
  notify,
  showOutside,
  accounts,
  logIn,
  open,
  logOut,
  lock,
}
