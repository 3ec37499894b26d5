import type { Group } from '../../shared/schemas/account.ts'
import { isReserved } from '../../shared/domain/account-names.ts'
import { GalleryError } from '../../shared/errors.ts'
import { onRedis } from '../redis/errors.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Session } from '../gallery/session.ts'
import { newOperationId } from '../../shared/domain/random-ids.ts'
import { applyRights } from './apply-acl.ts'
import { readGroups } from './access-record.ts'

/** All groups, by name. Administrators. */
export const listGroups = ({ redis, keys }: Session): Promise<Group[]> =>
  onRedis(async () =>
    [...(await readGroups(redis, keys))]
      .map(([name, { record, members }]) => ({
        name,
        displayName: record['displayName'] || name,
        members: members.toSorted(),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  )

export interface GroupEdit {
  name: string
  displayName?: string | undefined
  join?: string[] | undefined
  leave?: string[] | undefined
}

const save = (session: Session, mode: 'create' | 'edit' | 'delete', edit: GroupEdit) =>
  onRedis(async () => {
    const { redis, keys, account } = session
    const { name, displayName = '', join = [], leave = [] } = edit
    const touched = [
      ...[keys.groups, keys.group(name), keys.groupMembers(name), keys.groupGrants(name)],
      ...[keys.rights, keys.audit, keys.users],
    ]
    const head = [account, newOperationId(), mode, name, displayName, new Date().toISOString()]
    const args = [...head, join.length, ...join, ...leave]
    const concerned = await callFunction(redis, 'save-group', touched, args)
    await applyRights(redis, keys, { names: concerned })
  })

/** Makes a group. CONFLICT where the name is taken. */
export const createGroup = (session: Session, group: GroupEdit): Promise<void> => {
  if (isReserved(group.name)) throw new GalleryError('INVALID', 'groupReserved', { name: group.name })
  return save(session, 'create', { ...group, displayName: group.displayName ?? group.name })
}

/** Changes a group's name and members; its members' rights follow at once. */
export const editGroup = (session: Session, group: GroupEdit): Promise<void> => save(session, 'edit', group)

/** Removes a group with the rights that were given to it. */
export const deleteGroup = (session: Session, name: string): Promise<void> =>
  save(session, 'delete', { name })
