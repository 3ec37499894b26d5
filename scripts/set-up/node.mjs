/** The two versions of Node: the machine's own, which runs set-up, and the project's, which runs everything else. */
import { delimiter, dirname, join } from 'node:path'
import { projectRoot, SetUpError } from './console.mjs'
import { isProgram, output } from './programs.mjs'

const wanted = 24
const needed = 20

/** Of a version like v24.1.0. @param {string | null} version */
const major = (version) => Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0)

/** Refuses a machine whose Node is too old even for set-up. */
export const checkMachineNode = (version = process.version) => {
  if (major(version) >= needed) return
  throw new SetUpError(
    `This is Node ${version}: Cimaise needs Node ${needed} or newer. Install it from https://nodejs.org, then try again.`,
  )
}

/** The Node that is one of the project's packages. */
export const packagedNode = (root = projectRoot) =>
  join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The Node to run Cimaise with: the packaged one, or the machine's own where that is as new. */
export const findNode = (root = projectRoot) => {
  const packaged = packagedNode(root)
  if (process.execPath === packaged && major(process.version) >= wanted) return packaged
  const version = isProgram(packaged) ? (output(packaged, ['--version']) ?? '').trim() : ''
  if (major(version) >= wanted) return packaged
  if (process.execPath !== packaged && major(process.version) >= wanted) return process.execPath
  const why = version ? `is ${version}` : 'is missing (npm ci --ignore-scripts leaves it out)'
  throw new SetUpError(
    `Cimaise runs on Node ${wanted} or newer, but the one among its packages ${why}. ` +
      `Run "npm rebuild node --ignore-scripts=false" in ${root}, or install Node ${wanted}, then try again.`,
  )
}

/**
 * The environment of the programs that run after set-up: `node` and the packages' programs come first in PATH.
 *
 * @param {string} node
 * @param {string[]} folders Further folders for PATH.
 */
export const programEnvironment = (node, folders = [], root = projectRoot) => {
  const path = [join(root, 'node_modules', '.bin'), dirname(node), ...folders, process.env.PATH ?? '']
  return { ...process.env, PATH: path.join(delimiter) }
}
