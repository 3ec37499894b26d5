/** The command line: arguments in, the router called in this process, an exit code out (design: 0 ok, 1 failed, 2 usage). */
import { inspect } from 'node:util'
import { ORPCError } from '@orpc/server'
import { CommanderError, InvalidArgumentError, Option, type Command } from 'commander'
import { GalleryError } from '../shared/errors.ts'
import { isBackup, runBackup, runRestore } from './backup.ts'
import { runCollection, runCollections } from './collections.ts'
import { runCopies } from './copies.ts'
import {
  runAlbums,
  runImport,
  runPhotos,
  runPublish,
  runRedisUrl,
  runWhoami,
  type PhotosOrder,
} from './commands.ts'
import { runExportData, runImportData } from './organisation-file.ts'
import { runImportCatalogue, type CatalogueCommandOptions } from './import-catalogue.ts'
import { runImportCard, type CardCommandOptions } from './import-card.ts'
import { runExport, type ExportCommandOptions } from './export.ts'
import { exportFormats, strips } from '../shared/domain/export-formats.ts'
import { usualPattern } from '../shared/domain/naming-pattern.ts'
import { runDoctor } from './doctor.ts'
import {
  runCreateAlbum,
  runDeleteAlbum,
  runDescribeAlbum,
  runMove,
  runRenameAlbum,
  runRestoreAlbum,
  runTag,
  runTrash,
} from './organise.ts'
import { runSearch, type SearchOptions } from './search.ts'
import { runTagged, runTags } from './tags.ts'
import { registerSelectionCommands } from './selection-commands.ts'
import { registerAccessCommands } from './access-commands.ts'
import { withVisitorOptions, type VisitorOptions } from './visitor-options.ts'
import { printableLines } from './output.ts'
import { command, exit, finish, outputOf, program } from './program.ts'
import { flushed, ReaderLeft } from './writer.ts'

command('import <folder...>', 'take the photos of folders in')
  .option('--album <title>', 'put all of them into one album')
  .action((folders: string[], { album }: { album?: string }, self: Command) =>
    finish(runImport(outputOf(self), folders, album)),
  )
command('import-card <card> <folder>', 'copy the photos of a card into a folder, verified, and take them in')
  .option('--pattern <pattern>', 'names of the copies: year month day hour minute second name', usualPattern)
  .option('--backup <folder>', 'a second place that gets a copy of each file too')
  .action((card: string, folder: string, options: CardCommandOptions, self: Command) =>
    finish(runImportCard(outputOf(self), card, folder, options)),
  )
command(
  'import-catalogue <source>',
  'give photos what a catalogue of Lightroom or digiKam, or a Google Takeout, says',
)
  .option('--from <folder>', 'the folder that the photos are in there')
  .option('--to <folder>', 'the folder that they are in here')
  .action((source: string, options: CatalogueCommandOptions, self: Command) =>
    finish(runImportCatalogue(outputOf(self), source, options)),
  )
const wholeNumber = (text: string) => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is a whole number.')
  return Number(text)
}
command('export [album]', 'copy the photos of an album into a folder: originals, or pictures made of them')
  .option('--all', 'all photos that one may read, in the place of an album')
  .requiredOption('--to <folder>', 'where the copies go')
  .addOption(
    new Option('--format <format>', 'make pictures of this kind of the originals').choices(exportFormats),
  )
  .option('--size <pixels>', 'longest side of the pictures', wholeNumber)
  .option('--quality <1-100>', 'of JPEG, WebP and AVIF', wholeNumber)
  .option('--keep-colours', 'the profile of the original, in the place of sRGB')
  .option('--sharpen', 'sharpen the pictures')
  .addOption(new Option('--strip <what>', 'leave metadata out of the pictures').choices(strips))
  .option('--watermark <text>', 'a text in the corner of the pictures')
  .option('--pattern <pattern>', 'names of the copies: year month day hour minute second name', '{name}')
  .option('--sidecars', 'beside each original an .xmp file with what was entered')
  .option('--again', 'copy what is there already once more')
  .action((album: string | undefined, options: ExportCommandOptions, self: Command) => {
    if ((album === undefined) === (options.all === undefined))
      self.error('error: name an album, or --all', { exitCode: 2 })
    return finish(runExport(outputOf(self), album, options))
  })
command('albums', 'list the albums').action((_, self: Command) => finish(runAlbums(outputOf(self))))
command('photos <album>', 'list the photos of an album with their places on disk')
  .addOption(new Option('--by <order>', 'their order').choices(['taken', 'status']).default('taken'))
  .action((album: string, { by }: { by: PhotosOrder }, self: Command) =>
    finish(runPhotos(outputOf(self), album, by)),
  )

command('move <album> <photo...>', 'move photos to an album (- reads ids from standard input)').action(
  (album: string, photos: string[], _, self: Command) => finish(runMove(outputOf(self), album, photos)),
)
command('tag <tag> <photo...>', 'give photos a tag').action(
  (tag: string, photos: string[], _, self: Command) => finish(runTag(outputOf(self), tag, photos, true)),
)
command('untag <tag> <photo...>', 'take a tag from photos').action(
  (tag: string, photos: string[], _, self: Command) => finish(runTag(outputOf(self), tag, photos, false)),
)
command('tags', 'list the tags').action((_, self: Command) => finish(runTags(outputOf(self))))
command('tagged <tag>', 'list the photos with a tag, or one below it').action(
  (tag: string, _, self: Command) => finish(runTagged(outputOf(self), tag)),
)
command(
  'search <words...>',
  'list the photos that a search finds, as in the window: words, comment:light, summer 2019',
)
  .option('--album <album>', 'look in one album alone')
  .action((words: string[], options: SearchOptions, self: Command) =>
    finish(runSearch(outputOf(self), words, options)),
  )
command('collections', 'list the collections and smart albums').action((_, self: Command) =>
  finish(runCollections(outputOf(self))),
)
command(
  'collection <collection>',
  'list the photos of a collection, or those that a smart album finds',
).action((collection: string, _, self: Command) => finish(runCollection(outputOf(self), collection)))
command('trash <photo...>', 'move photos to the trash; their files stay').action(
  (photos: string[], _, self: Command) => finish(runTrash(outputOf(self), photos, 'trash')),
)
command(
  'restore <photo...>',
  'bring photos back from the trash, or a whole gallery from a backup file',
).action(async (what: string[], _, self: Command) => {
  const [file = ''] = what
  const backup = await isBackup(what)
  await finish(backup ? runRestore(outputOf(self), file) : runTrash(outputOf(self), what, 'restore'))
})
command(
  'backup <file>',
  'write the whole gallery into a file while it is used (- is standard output)',
).action((file: string, _, self: Command) => finish(runBackup(outputOf(self), file)))

command(
  'export-data <file>',
  'write the whole organisation into one documented JSON file (- is standard output)',
)
  .option('--thumbnails', 'with the thumbnails, to see photos where their originals are not')
  .action((file: string, options: { thumbnails?: boolean }, self: Command) =>
    finish(runExportData(outputOf(self), file, options)),
  )
command('import-data <file>', 'read such a file into an empty gallery').action(
  (file: string, _, self: Command) => finish(runImportData(outputOf(self), file)),
)

const album = program.command('album').description('change an album').exitOverride()
command('create <title>', 'make an album', album).action((title: string, _, self: Command) =>
  finish(runCreateAlbum(outputOf(self), title)),
)
command('rename <album> <title>', 'give an album another title', album).action(
  (wanted: string, title: string, _, self: Command) => finish(runRenameAlbum(outputOf(self), wanted, title)),
)
command('describe <album> <text>', 'describe an album', album).action(
  (wanted: string, text: string, _, self: Command) => finish(runDescribeAlbum(outputOf(self), wanted, text)),
)
command('delete <album>', 'move an album to the trash, its photos with it', album).action(
  (wanted: string, _, self: Command) => finish(runDeleteAlbum(outputOf(self), wanted)),
)
command('restore <album>', 'bring an album back from the trash', album).action(
  (wanted: string, _, self: Command) => finish(runRestoreAlbum(outputOf(self), wanted)),
)
withVisitorOptions(command('public <album>', 'let everybody see an album', album)).action(
  (wanted: string, options: VisitorOptions, self: Command) =>
    finish(runPublish(outputOf(self), wanted, true, options)),
)
command('private <album>', 'show an album to nobody without a right', album).action(
  (wanted: string, _, self: Command) => finish(runPublish(outputOf(self), wanted, false)),
)

command('whoami', 'say which account this is').action((_, self: Command) => finish(runWhoami(outputOf(self))))
command('redis-url', 'print a URL with your own Redis login, for redis-cli -u').action((_, self: Command) =>
  finish(runRedisUrl(outputOf(self))),
)
command('copies [number]', 'say how many replicas must have a change before it counts as made').action(
  (number: string | undefined, _, self: Command) => finish(runCopies(outputOf(self), number)),
)
command('doctor', 'check that Redis and the gallery are well')
  .option('--check', 'walk the whole gallery')
  .option('--repair', 'rebuild its indexes from the records of its photos')
  .action((options: { check?: boolean; repair?: boolean }, self: Command) =>
    finish(runDoctor(outputOf(self), options)),
  )
registerAccessCommands()
registerSelectionCommands()
program.command('serve', 'serve the gallery to browsers (see cimaise serve --help)', {
  executableFile: 'serve',
})

/** What the contract's own check of the input found, in one line. */
const inputProblem = (error: unknown): string | null => {
  if (!(error instanceof ORPCError)) return null
  const issues = (error.data as { issues?: { message: string; path?: PropertyKey[] }[] } | undefined)?.issues
  const [issue] = issues ?? []
  if (error.code !== 'BAD_REQUEST' || !issue) return null
  const names = (issue.path ?? []).filter((part) => typeof part === 'string' && part !== 'changes')
  return `This cannot be used: ${names.map(String).join(' ')}: ${issue.message}.`
}

/** What went wrong in one line for people; a bug is shown whole. */
const report = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  // The exit codes are 0, 1 and 2 (design, section 7), and a reader that has seen enough is no failure.
  if (error instanceof ReaderLeft) return 0
  const known =
    error instanceof GalleryError || (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR')
  const input = inputProblem(error)
  console.error(printableLines(input ?? (known ? error.message : inspect(error))))
  return 1
}

/**
 * Carries one command out, to its last byte on standard output.
 *
 * @param argv as `process.argv`: the words of the command come third
 * @returns the exit code: 0 ok, 1 failed, 2 usage
 */
export const runCli = async (argv: readonly string[]): Promise<number> => {
  exit.code = 0
  try {
    await program.parseAsync(argv)
    await flushed()
  } catch (error) {
    exit.code = report(error)
  }
  return exit.code
}
