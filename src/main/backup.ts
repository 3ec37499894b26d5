import { putAside } from '../core/backup/put-aside.ts'
import { readBackup } from '../core/backup/read-backup.ts'
import { restoreBackup } from '../core/backup/restore-backup.ts'
import { fileSink } from '../core/backup/sink.ts'
import { takeBackup } from '../core/backup/take-backup.ts'
import type { DesktopBackup } from '../router/base.ts'
import type { BackupProgress, ChosenBackup } from '../shared/schemas/backup.ts'
import { GalleryError } from '../shared/errors.ts'
import { chooseBackup, chooseBackupPath, showProblem } from './desktop.ts'
import type { DesktopSession } from './desktop-session.ts'
import { reported } from './reported.ts'
import { words } from './i18n.ts'

type Report = (progress: BackupProgress) => void

/** `Cimaise 2026-11-25.cimaise`: the dialog asks before a file is replaced, and a backup replaces none. */
const proposedName = () =>
  `Cimaise ${new Date().toISOString().slice(0, 16).replace('T', ' ').replace(':', '.')}.cimaise`

const save = async function* ({ gallery, session }: DesktopSession, signal: AbortSignal | undefined) {
  const path = await chooseBackupPath(proposedName())
  if (path === null) return
  const broken = new AbortController()
  signal?.addEventListener('abort', () => broken.abort(new GalleryError('UNAVAILABLE', 'brokenOff')))
  yield* reported<BackupProgress>(async (report) => {
    const made = await takeBackup(session, gallery.home, () => fileSink(path), {
      onprogress: (done, total) => report({ done, total }),
      signal: broken.signal,
    })
    return { done: 1, total: 1, made }
  })
}

/** Restores in place of the present gallery, which stays beside it, or is back where that fails. */
const restoreInPlace = async ({ gallery: { home, keys } }: DesktopSession, file: string, report: Report) => {
  const putBack = await putAside(home, keys)
  try {
    await restoreBackup(file, { onprogress: (done, total) => report({ done, total }) })
  } catch (error) {
    await putBack()
    throw error
  }
}

/** What the settings of the window do with backups. */
export const backupOf = (desktopSession: DesktopSession): DesktopBackup => {
  let chosen: ChosenBackup | null = null
  return {
    save: (signal) => save(desktopSession, signal),
    choose: async () => {
      const file = await chooseBackup()
      chosen = file === null ? null : await readBackup(file)
      return chosen
    },
    restore: () =>
      reported<BackupProgress>(async (report) => {
        if (!chosen) throw new GalleryError('INVALID', 'chooseBackup')
        const { file, gallery } = chosen
        if (gallery !== desktopSession.gallery.keys.gallery)
          throw new GalleryError('CONFLICT', 'otherGallery', { gallery })
        // The window is loaded anew: what went wrong is told beside it.
        await desktopSession
          .whileClosed(() => restoreInPlace(desktopSession, file, report))
          .catch((error: unknown) => void showProblem(words().cannotRestore, error))
        return { done: 1, total: 1 }
      }),
  }
}
