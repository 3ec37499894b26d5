import type { backupEn } from './backup-en.ts'

/** Les mots de la sauvegarde. */
export const backupFr: typeof backupEn = {
  backup: 'Sauvegarde',
  backupText:
    'Une sauvegarde est un seul fichier avec toute la galerie : albums, mots-clés, notes, vignettes, comptes et droits. Elle ne contient pas les photos elles-mêmes : sauvegardez aussi leurs dossiers. Gardez-la comme un mot de passe, sur un autre disque.',
  lastBackup: 'Dernière sauvegarde',
  noBackup: 'Aucune n’a encore été faite d’ici.',
  backupHolds: '{photos} dans {albums}, {size}',
  toStandardOutput: 'écrite par une commande vers un autre programme',
  backUpNow: 'Sauvegarder maintenant…',
  backingUp: 'Sauvegarde en cours…',
  nOfN: '{done} sur {total}',
  backupMade: 'La sauvegarde est complète.',
  backupStopped: 'La sauvegarde a été arrêtée. Il n’en reste rien.',
  restoreTitle: 'Restauration',
  restoreText:
    'Une sauvegarde restaurée prend la place de la galerie actuelle. Celle-ci est mise de côté dans le dossier de données de cet ordinateur, pas supprimée.',
  restoreBackup: 'Restaurer une sauvegarde…',
  checkingBackup: 'Lecture de la sauvegarde…',
  restoring: 'Restauration en cours…',
  restoreQuestion: 'Restaurer la sauvegarde du {time} ?',
  restoreConsequences:
    'Elle contient {photos} dans {albums}, de l’ordinateur {host}.\n\nLa galerie actuelle est mise de côté, pas supprimée : son dossier reste à côté du nouveau, sous un nom avec « before-restore ». Chacun a ensuite le compte, le mot de passe et les droits de la sauvegarde. Les photos sur le disque ne sont pas touchées. La fenêtre ferme la galerie pendant ce temps, et la rouvre d’elle-même.',
  restoreNow: 'Restaurer',
  backupByCommand: 'Sur le serveur, cette commande en fait une pendant que chacun continue :',
  restoreByCommand: 'Dans un dossier de données vide, ou un Redis sans galerie, celle-ci la restaure :',
}
