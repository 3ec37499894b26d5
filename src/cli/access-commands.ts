import type { Command } from 'commander'
import { parseAccountName } from '../shared/domain/account-names.ts'
import { subjectOf } from '../shared/domain/subjects.ts'
import { usualOrigin } from '../shared/domain/usual-port.ts'
import {
  runAccounts,
  runAddAccount,
  runEditAccount,
  runGrant,
  runGroup,
  runGroups,
  runPassword,
  runRemoveAccount,
  type AddOptions,
} from './accounts.ts'
import { command, finish, outputOf, program } from './program.ts'
import {
  gigabytesIn,
  runCreateShare,
  runEditShare,
  runRevokeShare,
  runShares,
  type ShareChange,
  type ShareOptions,
} from './shares.ts'
import { withAnswerOptions, withVisitorOptions } from './visitor-options.ts'

const registerAccounts = () => {
  const account = program.command('account').description('who may log in').exitOverride()
  command('list', 'list the accounts', account).action((_, self: Command) =>
    finish(runAccounts(outputOf(self))),
  )
  command('add <name>', 'make an account; its password is asked for or read from standard input', account)
    .option('--admin', 'an administrator, who may do everything')
    .option('--may-create-albums', 'may make albums')
    .option('--display-name <text>', 'what others see instead of the name')
    .action((name: string, options: AddOptions, self: Command) =>
      finish(runAddAccount(outputOf(self), parseAccountName(name), options)),
    )
  command('remove <name>', 'delete an account; its albums stay', account).action(
    (name: string, _, self: Command) => finish(runRemoveAccount(outputOf(self), parseAccountName(name))),
  )
  command('password [name]', 'give an account another password; without a name, your own', account).action(
    (name: string | undefined, _, self: Command) =>
      finish(runPassword(outputOf(self), name === undefined ? name : parseAccountName(name))),
  )
  command(
    'grant <name> <album> <right>',
    'give a right on an album: none, read, comment or modify',
    account,
  ).action((name: string, album: string, right: string, _, self: Command) =>
    finish(runGrant(outputOf(self), subjectOf('account', parseAccountName(name)), album, right)),
  )
  for (const [word, change, what] of [
    ['disable', { disabled: true }, 'let nobody log in with an account; it loses nothing'],
    ['enable', { disabled: false }, 'let an account log in again'],
    ['promote', { role: 'administrator' }, 'make an account an administrator'],
    ['demote', { role: 'member' }, 'make an administrator a member'],
    ['let-create-albums', { canCreateAlbums: true }, 'let an account make albums'],
    ['forbid-albums', { canCreateAlbums: false }, 'let an account make no albums'],
  ] as const)
    command(`${word} <name>`, what, account).action((name: string, _, self: Command) =>
      finish(runEditAccount(outputOf(self), parseAccountName(name), change)),
    )
  command('rename <name> <text>', 'change what others see instead of the name', account).action(
    (name: string, text: string, _, self: Command) =>
      finish(runEditAccount(outputOf(self), parseAccountName(name), { displayName: text })),
  )
}

const registerGroups = () => {
  const group = program.command('group').description('accounts that share rights').exitOverride()
  command('list', 'list the groups', group).action((_, self: Command) => finish(runGroups(outputOf(self))))
  for (const [word, args, what] of [
    ['create', '<group> [account...]', 'make a group of accounts'],
    ['add', '<group> <account...>', 'add accounts to a group'],
    ['drop', '<group> <account...>', 'take accounts out of a group'],
    ['delete', '<group>', 'remove a group and the rights that it gave'],
  ] as const)
    command(`${word} ${args}`, what, group).action((name: string, ...rest: unknown[]) => {
      const self = rest.at(-1) as Command
      const accounts = Array.isArray(rest[0]) ? (rest[0] as string[]) : []
      return finish(runGroup(outputOf(self), word, parseAccountName(name), accounts))
    })
  command(
    'grant <group> <album> <right>',
    'give a right on an album: none, read, comment or modify',
    group,
  ).action((name: string, album: string, right: string, _, self: Command) =>
    finish(runGrant(outputOf(self), subjectOf('group', parseAccountName(name)), album, right)),
  )
}

const registerShares = () => {
  const share = program.command('share').description('links to one album').exitOverride()
  command('list', 'list the links', share).action((_, self: Command) => finish(runShares(outputOf(self))))
  withAnswerOptions(
    withVisitorOptions(
      command('create <album>', 'let everybody with the link look at an album until a date', share),
    ),
  )
    .requiredOption('--until <date>', 'the day on which the link ends, as 2027-01-31')
    .option('--label <text>', 'whom it is for')
    .option('--password', 'ask for a password too; it is read from standard input')
    .option('--uploads <gigabytes>', 'visitors may add photos, so much in all', gigabytesIn)
    .option('--at <address>', 'where the gallery is served', usualOrigin)
    .action((album: string, options: ShareOptions, self: Command) =>
      finish(runCreateShare(outputOf(self), album, options)),
    )
  withAnswerOptions(
    withVisitorOptions(
      command('edit <link>', 'change what a link shows and gives, by its name in the list', share),
    ),
  )
    .option('--until <date>', 'the day on which the link ends')
    .option('--label <text>', 'whom it is for')
    .option('--uploads <gigabytes>', 'visitors may add photos, so much in all; 0: none', gigabytesIn)
    .action((name: string, options: ShareChange, self: Command) =>
      finish(runEditShare(outputOf(self), name, options)),
    )
  command('revoke <link>', 'end a link at once, by its name in the list', share).action(
    (name: string, _, self: Command) => finish(runRevokeShare(outputOf(self), name)),
  )
}

/** The commands for accounts, groups and share links. */
export const registerAccessCommands = () => {
  registerAccounts()
  registerGroups()
  registerShares()
}
