import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findProgram, run, say, SetUpError } from './common.mjs'

const isRoot = () => process.getuid?.() === 0

/** How to run something as root here: directly, by sudo, or not at all (null). */
const asRoot = () => {
  if (isRoot()) return []
  if (!findProgram(['sudo'])) return null
  if (spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) return ['sudo']
  return process.stdin.isTTY ? ['sudo'] : null
}

const apt = ({ what, apt: packages, service }) => {
  const prefix = asRoot()
  if (!prefix)
    throw new SetUpError(`${what} is missing, and installing it needs root. Run: sudo apt-get install ${packages.join(' ')}`)
  if (prefix.length > 0 && process.stdin.isTTY) say(`sudo is used to install ${packages.join(', ')}.`)
  // RUNLEVEL=1 keeps Debian's packages from starting the services that they bring.
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1']
  const [command, ...rest] = [...prefix, ...quiet, 'apt-get']
  run('Reading the list of packages (apt-get update)', command, [...rest, 'update', '-q'])
  run(`Installing ${what}`, command, [...rest, 'install', '-qy', '--no-install-recommends', ...packages])
  if (service && existsSync('/run/systemd/system')) {
    const [disable, ...args] = [...prefix, 'systemctl', 'disable', '--now', service]
    spawnSync(disable, args, { stdio: 'ignore' })
  }
}

/**
 * Installs something by the system's own means: apt on Debian and Ubuntu, brew on macOS. Elsewhere throws with what to
 * install.
 */
export const installWithSystem = (wanted) => {
  if (process.platform === 'darwin' && findProgram(['brew']))
    return run(`Installing ${wanted.what}`, 'brew', ['install', ...wanted.brew])
  if (process.platform === 'linux' && findProgram(['apt-get'])) return apt(wanted)
  const hint = process.platform === 'darwin' ? 'with Homebrew (https://brew.sh)' : 'with the means of your system'
  throw new SetUpError(`${wanted.what} is missing. Install it ${hint}, then run this again.${wanted.else ? ` ${wanted.else}` : ''}`)
}
