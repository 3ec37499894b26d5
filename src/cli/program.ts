import { Command } from 'commander'
import { createOutput, type Output } from './output.ts'

export const program = new Command('cimaise')
  .description('A photo gallery whose data store is Redis.')
  .option('--json', 'print one JSON document and nothing else')
  .exitOverride()
  .showHelpAfterError()

/** What the process ends with (design, section 7: 0 ok, 1 failed, 2 usage). */
export const exit = { code: 0 }

/** The output that was asked for, before the command's name or after it. */
export const outputOf = (command: Command): Output =>
  createOutput(command.optsWithGlobals<{ json?: boolean }>().json === true)

export const finish = async (work: Promise<unknown>) => {
  const code = await work
  if (typeof code === 'number') exit.code = code
}

export const command = (words: string, description: string, parent = program) =>
  parent
    .command(words)
    .description(description)
    .option('--json', 'print one JSON document and nothing else')
    .exitOverride()
