import { setAsideWords } from '../core/access/holding-limits.ts'
import { newOperationId } from '../shared/domain/random-ids.ts'
import type { Account } from '../shared/schemas/account.ts'
import { AccessLevel, type RightChange, type Subject } from '../shared/schemas/access.ts'
import { GalleryError } from '../shared/errors.ts'
import { withClient, type Client } from './client.ts'
import { count, printable, table, type Output } from './output.ts'
import { keyOf, readNewPassword, readPassword } from './secret.ts'

const idOf = async (client: Client) => (await client.gallery.session()).gallery.id

const stateOf = ({ role, canCreateAlbums, disabled, setAside }: Account) =>
  [role, canCreateAlbums ? 'may make albums' : '', setAsideWords(setAside) || (disabled ? 'disabled' : '')]
    .filter(Boolean)
    .join(', ')

/** `account list` */
export const runAccounts = (out: Output) =>
  withClient(async (client) =>
    out.answer(await client.accounts.list(), (accounts) =>
      table(
        accounts.map((account) => [
          account.name,
          account.displayName,
          stateOf(account),
          account.groups.join(' '),
        ]),
      ),
    ),
  )

export interface AddOptions {
  admin?: boolean
  mayCreateAlbums?: boolean
  displayName?: string
}

/** `account add NAME`: with the password from the terminal or from standard input. */
export const runAddAccount = (out: Output, name: string, options: AddOptions) =>
  withClient(async (client) => {
    const key = await keyOf(await idOf(client), name, await readNewPassword(name))
    const made = await client.accounts.create({
      name,
      displayName: options.displayName,
      role: options.admin ? 'administrator' : 'member',
      canCreateAlbums: options.mayCreateAlbums === true,
      key,
    })
    out.answer(made, (account) => [`${account.name} may log in: ${stateOf(account)}.`])
  })

/** `account remove NAME` */
export const runRemoveAccount = (out: Output, name: string) =>
  withClient(async (client) => {
    await client.accounts.remove({ name })
    out.answer({ name }, () => [`The account ${name} is gone. Its albums stay.`])
  })

/** `account disable|enable NAME`, and the other things that an account is or is not. */
export const runEditAccount = (
  out: Output,
  name: string,
  change: Pick<Partial<Account>, 'disabled' | 'role' | 'canCreateAlbums' | 'displayName'>,
) =>
  withClient(async (client) => {
    const account = await client.accounts.edit({ name, ...change })
    out.answer(account, () => [`${account.name} (${printable(account.displayName)}): ${stateOf(account)}.`])
  })

/** `account password [NAME]`: one's own by the current one, or as an administrator that of another account. */
export const runPassword = (out: Output, wanted: string | undefined): Promise<number> =>
  withClient(async (client) => {
    const { account, gallery } = await client.gallery.session()
    const name = wanted ?? account
    if (name !== account) {
      await client.accounts.setPassword({
        name,
        key: await keyOf(gallery.id, name, await readNewPassword(name)),
      })
      out.answer({ name, outcome: 'changed' }, () => [`${name} has a new password.`])
      return 0
    }
    const key = await keyOf(gallery.id, name, await readPassword('Current password'))
    const next = await keyOf(gallery.id, name, await readNewPassword(name))
    const outcome = await client.accounts.changePassword({ key, next })
    out.answer({ name, outcome }, () => [
      outcome === 'changed'
        ? 'Your password is changed.'
        : 'Your password changes as soon as an administrator opens the gallery. Until then the current one holds.',
    ])
    return outcome === 'changed' ? 0 : 1
  })

const level = (text: string): AccessLevel => {
  const { data } = AccessLevel.safeParse(text)
  if (data) return data
  throw new GalleryError('INVALID', 'notARight', { text: printable(text) })
}

/** `account grant NAME ALBUM RIGHT` and `group grant …` */
export const runGrant = (out: Output, subject: Subject, wanted: string, right: string) =>
  withClient(async (client) => {
    const album = await client.albums.find({ album: wanted })
    const change: RightChange = { subject, album: album.id, right: level(right) }
    await client.rights.set({ act: newOperationId(), changes: [change] })
    const words = {
      none: 'has no right on',
      read: 'may look at',
      comment: 'may comment on',
      modify: 'may change',
    }
    out.answer({ subject, album: album.id, right }, () => [
      `${subject.replace(/^\w+:/, '')} ${words[level(right)]} “${printable(album.title)}” now.`,
    ])
  })

/** `group list` */
export const runGroups = (out: Output) =>
  withClient(async (client) =>
    out.answer(await client.groups.list(), (groups) =>
      groups.length === 0
        ? ['No group yet.']
        : table(groups.map(({ name, displayName, members }) => [name, displayName, members.join(' ')])),
    ),
  )

/** `group create|add|drop|delete NAME [ACCOUNT…]` */
export const runGroup = (
  out: Output,
  what: 'create' | 'add' | 'drop' | 'delete',
  name: string,
  accounts: string[],
) =>
  withClient(async (client) => {
    if (what === 'delete') await client.groups.remove({ name })
    else if (what === 'create') await client.groups.create({ name, join: accounts })
    else await client.groups.edit({ name, ...(what === 'add' ? { join: accounts } : { leave: accounts }) })
    const group = (await client.groups.list()).find((one) => one.name === name)
    out.answer(group ?? { name, members: [] }, ({ members }) => [
      what === 'delete' ? `The group ${name} is gone.` : `${name}: ${count(members.length, 'member')}.`,
    ])
  })
