/** The command line: arguments in, the router called in this process, an exit code out (design: 0 ok, 1 failed, 2 usage). */
import { ORPCError } from '@orpc/server'
import { Command, CommanderError } from 'commander'
import { GalleryError } from '../shared/errors.ts'
import { runAlbums, runDoctor, runImport, runPhotos, runPublish, runRedisUrl, runWhoami } from './commands.ts'
import { createOutput, type Output } from './output.ts'

const program = new Command('cimaise')
  .description('A photo gallery whose data store is Redis.')
  .option('--json', 'print one JSON document and nothing else')
  .exitOverride()
  .showHelpAfterError()

let exitCode = 0

/** The output that was asked for, before the command's name or after it. */
const outputOf = (command: Command): Output =>
  createOutput(command.optsWithGlobals<{ json?: boolean }>().json === true)

const finish = async (work: Promise<unknown>) => {
  const code = await work
  if (typeof code === 'number') exitCode = code
}

const command = (words: string, description: string, parent = program) =>
  parent
    .command(words)
    .description(description)
    .option('--json', 'print one JSON document and nothing else')
    .exitOverride()

command('import <folder...>', 'take the photos of folders in')
  .option('--album <title>', 'put all of them into one album')
  .action((folders: string[], { album }: { album?: string }, self: Command) =>
    finish(runImport(outputOf(self), folders, album)),
  )
command('albums', 'list the albums').action((_, self: Command) => finish(runAlbums(outputOf(self))))
command('photos <album>', 'list the photos of an album with their places on disk').action(
  (album: string, _, self: Command) => finish(runPhotos(outputOf(self), album)),
)

const album = program.command('album').description('change an album').exitOverride()
command('public <album>', 'let everybody see an album', album).action((wanted: string, _, self: Command) =>
  finish(runPublish(outputOf(self), wanted, true)),
)
command('private <album>', 'show an album to nobody without a right', album).action(
  (wanted: string, _, self: Command) => finish(runPublish(outputOf(self), wanted, false)),
)

command('whoami', 'say which account this is').action((_, self: Command) => finish(runWhoami(outputOf(self))))
command('redis-url', 'print a URL with your own Redis login, for redis-cli -u').action((_, self: Command) =>
  finish(runRedisUrl(outputOf(self))),
)
command('doctor', 'check that Redis and the gallery are well').action((_, self: Command) =>
  finish(runDoctor(outputOf(self))),
)
program.command('serve', 'serve the gallery to browsers (see cimaise serve --help)', {
  executableFile: 'serve',
})

/** What went wrong in one line for people; a bug is shown whole. */
const report = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const known =
    error instanceof GalleryError || (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR')
  console.error(known ? error.message : error)
  return 1
}

try {
  await program.parseAsync()
} catch (error) {
  exitCode = report(error)
}
process.exit(exitCode)
