import type { Command } from 'commander'
import { command, finish, outputOf, program } from './program.ts'
import {
  runCollectSelection,
  runExportSelection,
  runRateSelection,
  runSelections,
  type ExportSelectionOptions,
  type SelectionOptions,
} from './selections.ts'
import { runSetStatus, runStatuses } from './statuses.ts'

const withWhose = (of: Command): Command =>
  of.option('--by <whom>', 'a client or a link; any of them, or all of them', 'any')

const registerSelections = () => {
  const selection = program
    .command('selection')
    .description('what clients have chosen by share links')
    .exitOverride()
  command('list <album>', 'list the links that ask for photos to be chosen', selection).action(
    (album: string, _, self: Command) => finish(runSelections(outputOf(self), album)),
  )
  withWhose(
    command('export <album>', 'print the file names, as the search of Lightroom takes them', selection),
  )
    .option('--csv', 'print a table of who chose what, and what they said of it')
    .action((album: string, options: ExportSelectionOptions, self: Command) =>
      finish(runExportSelection(outputOf(self), album, options)),
    )
  withWhose(command('stars <album> <n>', 'give the photos so many stars', selection)).action(
    (album: string, stars: string, options: SelectionOptions, self: Command) =>
      finish(runRateSelection(outputOf(self), album, stars, options)),
  )
  withWhose(command('collect <album> <title>', 'make a collection of the photos', selection)).action(
    (album: string, title: string, options: SelectionOptions, self: Command) =>
      finish(runCollectSelection(outputOf(self), album, title, options)),
  )
}

const registerStatuses = () => {
  const status = program.command('status').description('where photos are in the work on them').exitOverride()
  command('list', 'list the statuses', status).action((_, self: Command) =>
    finish(runStatuses(outputOf(self))),
  )
  command('set <status> <photo...>', 'give photos a status, or none', status).action(
    (wanted: string, photos: string[], _, self: Command) =>
      finish(runSetStatus(outputOf(self), wanted, photos)),
  )
}

/** The commands for what clients have chosen, and for statuses. */
export const registerSelectionCommands = () => {
  registerSelections()
  registerStatuses()
}
