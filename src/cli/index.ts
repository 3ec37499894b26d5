import { runCli } from './run.ts'
import { watchStreams } from './writer.ts'

watchStreams()
// Not process.exit(), which drops what is still on its way into a pipe: the command has closed all that it opened.
process.exitCode = await runCli(process.argv)
