import {
  createAccount,
  deleteAccount,
  editAccount,
  listAccounts,
  setPassword,
} from '../core/access/accounts.ts'
import { listAudit } from '../core/access/audit-log.ts'
import { createGroup, deleteGroup, editGroup, listGroups } from '../core/access/groups.ts'
import { changeOwnPassword, signOutElsewhere } from '../core/access/own-account.ts'
import { readRights, seenBy, setRights } from '../core/access/grants.ts'
import { endSession, endSessions, listSessions } from '../core/access/sessions.ts'
import { isStranger } from '../core/gallery/session.ts'
import { createShare, editShare, listShares, revokeShare } from '../core/access/shares.ts'
import { GalleryError, hasCode } from '../shared/errors.ts'
import { os, type Context } from './base.ts'

/** The user of an open window must still know the password to change it. */
const changePassword = async (
  { gallery, session, ownWays }: Context,
  { key, next }: { key: string; next: string },
): Promise<'changed' | 'waiting'> => {
  if (isStranger(session)) throw new GalleryError('FORBIDDEN', 'noOwnPassword')
  try {
    const check = await gallery.login(session.account, key)
    check.redis.disconnect()
  } catch (error) {
    if (!hasCode(error, 'FORBIDDEN')) throw error
    // Where a code belongs to the password, Redis does not take that alone.
    if (!(await ownWays?.isPassword(session, key)))
      throw new GalleryError('FORBIDDEN', 'wrongPassword', {}, { cause: error })
  }
  return changeOwnPassword(session, next, key)
}

export const accounts = {
  list: os.accounts.list.handler(({ context }) => listAccounts(context.session)),
  create: os.accounts.create.handler(({ context, input }) => createAccount(context.session, input)),
  edit: os.accounts.edit.handler(({ context, input }) => editAccount(context.session, input)),
  setPassword: os.accounts.setPassword.handler(({ context, input }) =>
    setPassword(context.session, input.name, input.key),
  ),
  remove: os.accounts.remove.handler(({ context, input }) => deleteAccount(context.session, input.name)),
  changePassword: os.accounts.changePassword.handler(({ context, input }) => changePassword(context, input)),
}

export const groups = {
  list: os.groups.list.handler(({ context }) => listGroups(context.session)),
  create: os.groups.create.handler(({ context, input }) => createGroup(context.session, input)),
  edit: os.groups.edit.handler(({ context, input }) => editGroup(context.session, input)),
  remove: os.groups.remove.handler(({ context, input }) => deleteGroup(context.session, input.name)),
}

export const rights = {
  table: os.rights.table.handler(({ context }) => readRights(context.session)),
  set: os.rights.set.handler(({ context, input }) => setRights(context.session, input.changes, input.act)),
  seenBy: os.rights.seenBy.handler(({ context, input }) => seenBy(context.session, input.name)),
  record: os.rights.record.handler(({ context, input }) =>
    listAudit(context.session, input.limit, input.before),
  ),
}

export const sessions = {
  list: os.sessions.list.handler(({ context }) => listSessions(context.session)),
  end: os.sessions.end.handler(({ context, input }) => endSession(context.session, input.account, input.id)),
  endAll: os.sessions.endAll.handler(({ context, input }) => endSessions(context.session, input.account)),
  endOthers: os.sessions.endOthers.handler(({ context }) => signOutElsewhere(context.session)),
}

export const shares = {
  list: os.shares.list.handler(({ context }) => listShares(context.session)),
  create: os.shares.create.handler(({ context, input }) => createShare(context.session, input)),
  edit: os.shares.edit.handler(({ context, input }) => editShare(context.session, input)),
  revoke: os.shares.revoke.handler(({ context, input }) => revokeShare(context.session, input.name)),
}
