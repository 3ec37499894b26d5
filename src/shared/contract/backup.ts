import { eventIterator } from '@orpc/contract'
import { BackupProgress, BackupStatus, ChosenBackup } from '../schemas/backup.ts'
import { base, refusing } from './base.ts'

/** Administrators. */
const status = base.output(BackupStatus)

/**
 * Asks for a path in the system's dialog and writes a backup there; ends at once when the dialog was dismissed. Broken off,
 * it leaves nothing behind. Administrators; UNSUPPORTED outside the desktop shell.
 */
const save = refusing('NOT_FOUND', 'CONFLICT', 'UNSUPPORTED').output(eventIterator(BackupProgress))

/** Asks for a backup file and reads all of it; null when the dialog was dismissed. As `save`. */
const choose = refusing('NOT_FOUND', 'INVALID', 'UNSUPPORTED').output(ChosenBackup.nullable())

/**
 * Puts the present gallery aside and restores the backup that was chosen last, then shows the window anew. Where that fails,
 * the present gallery is back. As `save`.
 */
const restore = refusing('UNSUPPORTED', 'CONFLICT', 'INVALID').output(eventIterator(BackupProgress))

export const backup = { status, save, choose, restore }
