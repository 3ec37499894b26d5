import { implement, ORPCError } from '@orpc/server'
import type { Downloads } from '../core/library/downloads/downloads.ts'
import type { UploadDesk } from '../core/library/uploads/upload-desk.ts'
import type { MailOffice } from '../core/mail/mail-office.ts'
import type { Library } from '../core/library/library.ts'
import type { Gallery } from '../core/gallery/gallery.ts'
import { noOriginals, type Originals } from '../core/photos/originals.ts'
import { fromRedis } from '../core/redis/errors.ts'
import type { Session } from '../core/gallery/session.ts'
import type { BackupProgress, ChosenBackup } from '../shared/schemas/backup.ts'
import { contract } from '../shared/contract/index.ts'
import { GalleryError } from '../shared/errors.ts'
import { english } from '../shared/i18n/english.ts'
import type { Text } from '../shared/i18n/text.ts'
import type { DesktopAccess } from '../shared/schemas/account.ts'
import type { OwnWays, PasskeyAnswer } from '../shared/schemas/own-ways.ts'
import type { CopiesInput, CopiesMade } from '../shared/schemas/dragged-copies.ts'
import type { ExportProgress } from '../shared/schemas/export.ts'
import type { Appearance } from '../shared/schemas/appearance.ts'
import type { MenuCommand, Wish } from '../shared/schemas/menu.ts'
import type { OutsideState } from '../shared/schemas/outside.ts'
import type {
  CertificateFile,
  CertificateKind,
  CertificatePaths,
  FoundGallery,
  GalleryAddress,
  JoinInput,
  Place,
} from '../shared/schemas/place.ts'
import type { UpdateChannel, UpdateState } from '../shared/schemas/updates.ts'
import { logBug } from './bugs.ts'

/** What only a desktop has. */
export interface Desktop {
  chooseFolders: () => Promise<string[]>
  /** Shows a file in the system's file manager. */
  reveal: (path: string) => Promise<void>
  /** Opens a file in the program that the system has for its kind. */
  openFile: (path: string) => Promise<void>
  /** Puts text on the system's clipboard. */
  copyText: (text: string) => Promise<void>
  /** Drags files out of the window, while the pointer is held. */
  dragOut: (paths: string[]) => void
  copies: DesktopCopies
  /** What is chosen in the menu and opened with the program. */
  wishes: (signal: AbortSignal | undefined) => AsyncGenerator<Wish>
  /** Shows commands of the page in the menu. */
  showCommands: (commands: MenuCommand[]) => void
  setAppearance: (appearance: Appearance) => void
  /** Opens a window for the picture alone, which hears on a channel of the page's, or brings it to the front. */
  showPicture: (channel: string) => Promise<void>
  showLog: () => void
  updates: DesktopUpdates
  /** Shows a notification of the system, unless the window is before the user. */
  notify: (text: string) => void
  showOutside: (state: OutsideState) => void
  /** Moves a file to the system's trash. */
  trash: (path: string) => Promise<void>
  accounts: DesktopAccounts
  backup: DesktopBackup
  place: DesktopPlace
}

/** Copies that are made to be dragged. */
interface DesktopCopies {
  make: (
    caller: { session: Session; originals: Originals },
    input: CopiesInput,
    signal: AbortSignal | undefined,
  ) => AsyncGenerator<ExportProgress, CopiesMade>
  pathsOf: (session: Session, copies: string) => string[]
}

/** Newer versions of the program. */
interface DesktopUpdates {
  follow: (signal: AbortSignal | undefined) => AsyncGenerator<UpdateState>
  choose: (channel: UpdateChannel) => void
  look: () => Promise<void>
  install: () => Promise<void>
}

/** Backups by the system's dialogs. */
export interface DesktopBackup {
  /** Ends without a word where the dialog was dismissed. */
  save: (signal: AbortSignal | undefined) => AsyncGenerator<BackupProgress>
  choose: () => Promise<ChosenBackup | null>
  /** In place of the present gallery: the window is loaded anew. */
  restore: () => AsyncGenerator<BackupProgress>
}

/** Who may come into the window of a desktop, and how. */
export interface DesktopAccounts {
  describe: () => Promise<DesktopAccess>
  logIn: (account: string, key: string, remember: boolean) => Promise<void>
  /** With the key that this computer keeps; null: as its owner. */
  open: (account: string | null) => Promise<void>
  logOut: () => Promise<void>
  lock: () => Promise<void>
}

/** Where the gallery of the window is: on this computer, or on a server that it has joined. */
export interface DesktopPlace {
  describe: () => Promise<Place>
  /** Null where the dialog was dismissed. */
  chooseFile: (kind: CertificateKind) => Promise<CertificateFile | null>
  look: (wanted: GalleryAddress, signal: AbortSignal | undefined) => Promise<FoundGallery>
  join: (wanted: JoinInput, signal: AbortSignal | undefined) => Promise<void>
  leave: () => Promise<void>
  setFiles: (files: CertificatePaths, signal: AbortSignal | undefined) => Promise<void>
}

/** How callers add to the logins of their own accounts, where a server is in between (docs/login.md). */
export interface OwnWaysDesk {
  list: (session: Session) => Promise<OwnWays>
  /** Whether a key is the one of the caller's password. */
  isPassword: (session: Session, key: string) => Promise<boolean>
  beginCodes: (session: Session, key: string) => Promise<{ secret: string; address: string; sealed: string }>
  /** Returns the recovery codes. */
  turnCodesOn: (session: Session, sealed: string, code: string) => Promise<string[]>
  turnCodesOff: (session: Session, code: string) => Promise<void>
  renewRecovery: (session: Session, code: string) => Promise<string[]>
  beginPasskey: (session: Session, key: string) => Promise<{ options: object; sealed: string }>
  addPasskey: (
    session: Session,
    wanted: { sealed: string; name: string; answer: PasskeyAnswer },
  ) => Promise<void>
  removePasskey: (session: Session, id: string) => Promise<void>
}

/** Everything that a call has at hand. The session's connection is the caller's own. */
export interface Context {
  gallery: Gallery
  session: Session
  /** The watched folders of this host, for the user whose host it is; null for all others. */
  library: Library | null
  /** The originals that this host has, for callers of any account; absent where nothing shows any. */
  originals?: Originals
  /** What takes files that browsers send; absent where nothing does. */
  uploads?: UploadDesk
  /** What lays out downloads; absent where files are copied into folders instead. */
  downloads?: Downloads
  desktop: Desktop | null
  /** Whom `session`, a guest's, is to be once its account has a second factor; absent for all others. Only `ways` are for it. */
  settingUp?: Session | null
  /** Absent where the caller's own connection is all that there is. */
  ownWays?: OwnWaysDesk
  /** What sends mail; null or absent where nothing here does. */
  mail?: MailOffice | null
  shell: 'desktop' | 'browser' | 'cli'
  /** Asked before a stream begins, where many callers share a process: throws when they have too many. */
  admitStream?: () => void
}

/** How HTTP tells what the core refuses. */
export const statusOf: Record<GalleryError['code'], number> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  CONFLICT: 409,
  INVALID: 400,
  UNAVAILABLE: 503,
  UNSUPPORTED: 415,
}

/** An input that does not fit the contract is told in English by oRPC: the text lets a window say it in its own language. */
const withText = ({ data, status, cause }: ORPCError<string, unknown>) => {
  const text: Text = { id: 'badInput' }
  return new ORPCError('BAD_REQUEST', {
    status,
    message: english(text),
    data: { ...(data as object | undefined), text },
    cause,
  })
}

/** Makes a contract error of what the core threw. Anything but a GalleryError is a bug: logged whole, shown as such. */
const toContractError = (thrown: unknown): unknown => {
  const error = fromRedis(thrown)
  if (error instanceof ORPCError)
    return error.code === 'BAD_REQUEST' ? withText(error as ORPCError<string, unknown>) : error
  if (error instanceof GalleryError)
    return new ORPCError(error.code, {
      status: statusOf[error.code],
      message: error.message,
      data: { text: error.text },
      cause: error,
    })
  logBug(error)
  const text: Text = { id: 'internalError' }
  return new ORPCError('INTERNAL_SERVER_ERROR', { message: english(text), data: { text } })
}

/** Does a call, whose errors become those of a contract. */
export const refusingInContract = async <T>(call: () => PromiseLike<T> | T): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    throw toContractError(error)
  }
}

/** The contract to implement, with the one piece of code that turns errors of the core into errors of the contract. */
export const os = implement(contract)
  .$context<Context>()
  .use(({ next }) => refusingInContract(next))

/** The same for what is thrown while a stream runs, when its procedure has long returned. */
async function* guarded<T, R>(source: AsyncGenerator<T, R>): AsyncGenerator<T, R> {
  try {
    return yield* source
  } catch (error) {
    throw toContractError(error)
  }
}

/** A stream as the answer to a call. */
export const streamed = <T, R = undefined>(
  { admitStream }: Context,
  source: AsyncGenerator<T, R>,
): AsyncGenerator<T, R> => {
  admitStream?.()
  return guarded(source)
}

/** The library of the call, or a refusal: folders of a host are the business of the user of that host. */
export const libraryOf = ({ library }: Context): Library => {
  if (!library) throw new GalleryError('FORBIDDEN', 'foldersAreOwners')
  return library
}

/** The originals that can be shown in the call. */
export const originalsOf = ({ originals }: Context): Originals => originals ?? noOriginals

/** The desktop of the call, or a refusal. */
export const desktopOf = ({ desktop }: Context): Desktop => {
  if (!desktop) throw new GalleryError('UNSUPPORTED', 'desktopOnly')
  return desktop
}
