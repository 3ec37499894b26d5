import type { Context, DesktopBackup } from './base.ts'
import { desktopOf, os, streamed } from './base.ts'
import { GalleryError } from '../shared/errors.ts'

/** A backup holds what everybody has, and one that is restored decides who may what. */
const onlyAdministrators = ({ session }: Context) => {
  if (!session.identity.administrator) throw new GalleryError('FORBIDDEN', 'backupForbidden')
}

const backupOf = (context: Context): DesktopBackup => {
  const { backup } = desktopOf(context)
  onlyAdministrators(context)
  return backup
}

/** In place of a gallery that lies in this computer's own data folder. */
const mayRestore = ({ desktop, gallery }: Context) => desktop !== null && gallery.embedded

const restorerOf = (context: Context): DesktopBackup => {
  const backup = backupOf(context)
  if (!mayRestore(context)) throw new GalleryError('UNSUPPORTED', 'backupOwnRedis')
  return backup
}

export const backup = {
  status: os.backup.status.handler(({ context }) => {
    onlyAdministrators(context)
    const { gallery, desktop } = context
    return {
      last: gallery.home.lastBackup(gallery.keys.gallery),
      saves: desktop !== null,
      restores: mayRestore(context),
      gallery: gallery.keys.gallery,
    }
  }),
  save: os.backup.save.handler(({ context, signal }) => streamed(context, backupOf(context).save(signal))),
  choose: os.backup.choose.handler(({ context }) => restorerOf(context).choose()),
  restore: os.backup.restore.handler(({ context }) => streamed(context, restorerOf(context).restore())),
}
