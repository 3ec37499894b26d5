import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { readStamp, root, run, say, SetUpError, windows, writeStamp } from './common.mjs'

const oldest = 20

/** Node 24, which comes as a package: the machine's own is only needed to get this far. */
export const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')

/** The environment in which the project's own programs come first. */
export const environment = () => ({
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), join(root, 'node_modules', 'node', 'bin'), process.env.PATH ?? ''].join(delimiter),
})

const major = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0)

/** npm itself, as the person's own `npm` runs it; `npm` along the PATH otherwise. */
const npm = () => {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return [process.execPath, [script]]
  return [windows ? 'npm.cmd' : 'npm', []]
}

const nodeVersion = () => {
  try {
    return major(execFileSync(node, ['--version'], { encoding: 'utf8' }))
  } catch {
    return 0
  }
}

/** Installs the packages of package-lock.json where they are not there, or are those of another one. */
export const installPackages = () => {
  if (major(process.version) < oldest)
    throw new SetUpError(`Cimaise needs Node ${oldest} or newer to set itself up; this is ${process.version}. Install a newer one from https://nodejs.org`)
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  const stamp = join(root, 'node_modules', '.cimaise-lock')
  if (readStamp(stamp) === wanted && existsSync(node)) return
  say('Installing packages…')
  const [command, args] = npm()
  run('Installing packages (npm ci)', command, [...args, 'ci', '--no-audit', '--no-fund'])
  if (nodeVersion() < 24)
    throw new SetUpError('The package `node` did not bring Node 24. If npm is set to ignore scripts, allow them: npm config delete ignore-scripts')
  writeStamp(stamp, wanted)
}
