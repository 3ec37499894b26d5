import { realpath, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { nameByPattern } from '../../../shared/domain/naming-pattern.ts'
import type { Landed } from '../../../shared/domain/uploads.ts'
import { GalleryError, isDiskFull, systemCode } from '../../../shared/errors.ts'
import type { Session } from '../../gallery/session.ts'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import { onRedis } from '../../redis/errors.ts'
import { copyVerified } from '../card/copy-verified.ts'
import type { KnownFiles } from '../index/file-index.ts'
import { makeFolder } from '../make-folder.ts'
import { isPassedOver } from '../roots/ignore-rules.ts'
import { isIn } from '../roots/registered-roots.ts'
import { uploadFolders } from './upload-name.ts'
import { noteSent } from './upload-record.ts'
import { checkServer } from './upload-rights.ts'

/** Folders of one title that are tried, where others feed other albums. */
const maxFolders = 100
/** What the disk keeps free beside a file that lands, in bytes. */
const spareBytes = 256 * 1024 ** 2

/** A file that was sent whole and is a photo. */
export interface WholeUpload {
  /** Where it lies. It stays there. */
  file: string
  /** As it is to be called (upload-name.ts). */
  name: string
  album: string
  /** How it is named below the folder of its album; null: as its root says. */
  pattern: string | null
  /** The account that sent it. */
  by: string
  /** When it was taken, ISO 8601. */
  taken: string
  /** SHA-256 of its content, base64url. */
  digest: string
  bytes: number
}

interface Parts {
  session: Session
  known: KnownFiles
  roots: () => RegisteredRoot[]
  isOnline: (root: RegisteredRoot) => Promise<boolean>
  /** Has the library look at a file that has just come. */
  look: (path: string) => Promise<void>
}

/** Throws UNAVAILABLE where a disk has no room for so many bytes. */
export const checkRoom = async (folder: string, bytes: number) => {
  const { bavail, bsize } = await statfs(folder)
  if (bytes + spareBytes > bavail * bsize) throw new GalleryError('UNAVAILABLE', 'uploadNoRoom')
}

/** Brings files that browsers have sent into the one root that takes them, as files like any other. */
export class UploadLanding {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The root that takes uploads. Throws UNAVAILABLE where there is none, or its drive is away. */
  async root(): Promise<RegisteredRoot & { uploads: string }> {
    const root = this.#parts.roots().find(({ uploads }) => uploads !== undefined)
    if (root?.uploads === undefined || !(await this.#parts.isOnline(root)))
      throw new GalleryError('UNAVAILABLE', 'uploadNowhere')
    return { ...root, uploads: root.uploads }
  }

  /**
   * Gives a file its place below the folder of its album, verified and without overwriting, from where it is taken in as any file is.
   *
   * @throws NOT_FOUND for no such album; FORBIDDEN where the server may not add to it; UNAVAILABLE where there is no root or no room
   */
  async land(upload: WholeUpload): Promise<Landed> {
    const { session, look } = this.#parts
    const root = await this.root()
    const title = await checkServer(session, upload.album)
    if (this.#has(upload)) return 'known'
    await checkRoom(root.path, upload.bytes)
    const [name = upload.name, ...above] = nameByPattern(upload.pattern ?? root.uploads, upload)
      .split('/')
      .reverse()
    const folder = await this.#folderFor(root, upload.album, uploadFolders(title), above.reverse())
    if (await isPassedOver(root.path, join(folder, name)))
      throw new GalleryError('INVALID', 'uploadPassedOver')
    const { path } = await copyVerified(upload.file, folder, name, new AbortController().signal).catch(
      (error: unknown) => {
        if (!isDiskFull(systemCode(error))) throw error
        throw new GalleryError('UNAVAILABLE', 'uploadNoRoom', {}, { cause: error })
      },
    )
    if (path === null) return 'known'
    await noteSent(session, path, { ...upload, at: Date.now() })
    await look(path)
    return 'taken'
  }

  #has({ digest, album }: WholeUpload) {
    const { known } = this.#parts
    return known.pathsOf(digest).some((path) => {
      const entry = known.entries.get(path)
      return entry?.album === album && !entry.missing
    })
  }

  /** The folder of an album for some files, which feeds that album and no other. It is made where it is not there. */
  async #folderFor({ path }: RegisteredRoot, album: string, title: string[], below: string[]) {
    const root = await realpath(path)
    for (let n = 1; n <= maxFolders; n++) {
      const last = title.at(-1) ?? ''
      const names = [...title.slice(0, -1), n === 1 ? last : `${last} (${n})`, ...below]
      const folder = join(path, ...names)
      if (!(await this.#feeds(folder, album))) continue
      await makeFolder(folder)
      // A folder may be a link by now, put there by whoever may write to this disk.
      if (!isIn(await realpath(folder), root)) continue
      return folder
    }
    throw new GalleryError('CONFLICT', 'noFolderTitle', { folder: join(path, ...title) })
  }

  /** Whether a folder feeds an album, which it does from now on if it has fed none. */
  #feeds(folder: string, album: string): Promise<boolean> {
    const { session, known } = this.#parts
    const { redis, keys, account, host } = session
    const folders = keys.folders(account, host)
    return onRedis(async () => {
      const fed = await redis.hget(folders, folder)
      if (fed !== null) return fed === album
      if ([...known.entries.keys()].some((path) => dirname(path) === folder)) return false
      await redis.hsetnx(folders, folder, album)
      return (await redis.hget(folders, folder)) === album
    })
  }
}
