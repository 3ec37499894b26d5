/** The words of backup and restore. */
export const backupEn = {
  backup: 'Backup',
  backupText:
    'A backup is one file with the whole gallery: albums, tags, ratings, thumbnails, accounts and rights. It does not hold the photos themselves: back their folders up as well. Keep it as you keep passwords, on another disk.',
  lastBackup: 'Last backup',
  noBackup: 'None was made from here yet.',
  backupHolds: '{photos} in {albums}, {size}',
  toStandardOutput: 'written by a command into another program',
  backUpNow: 'Back up now…',
  backingUp: 'Backing up…',
  nOfN: '{done} of {total}',
  backupMade: 'The backup is whole.',
  backupStopped: 'The backup was stopped. Nothing was left behind.',
  restoreTitle: 'Restore',
  restoreText:
    'A backup that is restored takes the place of the present gallery. That one is put aside in the data folder of this computer, not deleted.',
  restoreBackup: 'Restore a backup…',
  checkingBackup: 'Reading the backup…',
  restoring: 'Restoring…',
  restoreQuestion: 'Restore the backup of {time}?',
  restoreConsequences:
    'It holds {photos} in {albums}, from the computer {host}.\n\nThe present gallery is put aside, not deleted: its folder stays beside the new one, under a name with “before-restore”. Everybody then has the account, password and rights of the backup. Photos on disk are not touched. The window closes the gallery meanwhile, and opens it again by itself.',
  restoreNow: 'Restore',
  backupByCommand: 'On the server, this command writes one while everybody goes on:',
  restoreByCommand: 'Into an empty data folder, or a Redis without a gallery, this one restores it:',
}
