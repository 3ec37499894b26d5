/** Installing programs with the machine's own package manager. */
import { existsSync, readFileSync } from 'node:fs'
import { runStep, say, SetUpError } from './console.mjs'
import { findPrograms, output } from './programs.mjs'

const root = () => process.getuid?.() === 0

/** Whether this is a distribution named so, by /etc/os-release. @param {string} id */
export const isDistribution = (id) => {
  try {
    return new RegExp(`^ID="?${id}"?$`, 'm').test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

export const hasApt = () => process.platform === 'linux' && findPrograms(['apt-get']).length > 0

export const hasBrew = () => process.platform === 'darwin' && findPrograms(['brew']).length > 0

/**
 * What to put before a command that only root may run.
 *
 * @param {string} what The program that is missing.
 * @param {string} byHand How a user installs it.
 * @returns {string[]}
 */
const asRoot = (what, byHand) => {
  if (root()) return []
  if (findPrograms(['sudo']).length > 0) {
    if (output('sudo', ['-n', 'true']) !== null) return ['sudo', '-n']
    if (process.stdin.isTTY) {
      say(`${what} is missing; to install it, sudo may ask for your password.`)
      return ['sudo']
    }
  }
  throw new SetUpError(
    `${what} is missing, and only root may install it. Run "sudo ${byHand}", then try again.`,
  )
}

/**
 * Installs a Debian package. RUNLEVEL=1 keeps its service from being started.
 *
 * @param {string} name Of the package.
 * @param {string} what Its name for people.
 */
export const aptInstall = async (name, what) => {
  const sudo = asRoot(what, `apt-get install ${name}`)
  say(`Installing ${what}…`)
  const apt = [
    ...sudo,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'RUNLEVEL=1',
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=300',
    '-q',
  ]
  const advice = `Install ${what} yourself (apt-get install ${name}), then try again.`
  /** @param {string[]} args */
  const run = (...args) => {
    const command = /** @type {[string, ...string[]]} */ ([...apt, ...args])
    return runStep({
      name: `apt-${name}-${args[0]}`,
      what: `Installing ${what} (apt-get ${args[0]})`,
      advice,
      command,
    })
  }
  await run('update')
  await run('install', '-y', '--no-install-recommends', name)
}

/** Switches off the service that came with a package just installed, where there is a systemd to start it. @param {string} name */
export const disableService = async (name) => {
  if (!existsSync('/run/systemd/system')) return
  await runStep({
    name: `service-${name}`,
    what: `Switching off the service ${name}`,
    advice: `It came with the package and Cimaise does not need it: "sudo systemctl disable --now ${name}", then try again.`,
    command: /** @type {[string, ...string[]]} */ ([
      ...asRoot(name, `systemctl disable --now ${name}`),
      ...['systemctl', 'disable', '--now', name],
    ]),
  })
}

/**
 * @param {string} name Of the formula or cask.
 * @param {string} what Its name for people.
 * @param {string[]} options
 */
export const brewInstall = async (name, what, ...options) => {
  say(`Installing ${what}…`)
  await runStep({
    name: `brew-${name}`,
    what: `Installing ${what} (brew install ${name})`,
    advice: `Install ${what} yourself, then try again.`,
    command: ['brew', 'install', ...options, name],
  })
}
