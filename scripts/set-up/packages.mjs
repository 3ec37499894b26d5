/** The project's packages: `npm ci` where those in node_modules are not those of package-lock.json. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { projectRoot, runStep, say, SetUpError } from './console.mjs'
import { packagedNode } from './node.mjs'
import { pathFolders } from './programs.mjs'

const windows = process.platform === 'win32'

/** @param {string} file */
const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** @param {string} root */
const files = (root) => ({
  lock: join(root, 'package-lock.json'),
  installed: join(root, 'node_modules', '.package-lock.json'),
  stamp: join(root, 'node_modules', '.cimaise-packages'),
})

/** @param {string} root */
const lockHash = (root) => {
  const text = read(files(root).lock)
  if (text === null) throw new SetUpError(`${files(root).lock} is missing. Get the project's files anew.`)
  return createHash('sha256').update(text).digest('hex')
}

/** Whether the packages are known to be in place: cheap. */
export const packagesInPlace = (root = projectRoot) => read(files(root).stamp) === lockHash(root)

/** Whether just these packages were installed by hand: npm's own record of node_modules says so. */
const installedByHand = (root = projectRoot) => {
  const record = read(files(root).installed)
  if (record === null) return false
  const wanted = JSON.parse(readFileSync(files(root).lock, 'utf8')).packages
  const present = JSON.parse(record).packages
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || present[path]?.version === version || (!present[path] && (optional || devOptional)),
  )
}

/** What the npm or npx that started this tells its children: not meant for an npm of our own. */
const foreign = new Set([
  'npm_config_local_prefix',
  'npm_config_package',
  'npm_config_call',
  'npm_config_json',
])

/** Npm's environment: it runs on the machine's Node, as the packaged one is about to be replaced. @param {string} root */
const npmEnvironment = (root) => {
  const packages = join(root, 'node_modules')
  const path = pathFolders().filter((folder) => !folder.startsWith(packages))
  const env = Object.entries(process.env).filter(([name]) => !foreign.has(name))
  return { ...Object.fromEntries(env), PATH: path.join(delimiter) }
}

/** Windows cannot delete a program that runs, such as the Node that runs this, but can move it. @param {string} root */
const moveRunningNode = (root) => {
  if (!windows || process.execPath !== packagedNode(root)) return
  mkdirSync(join(root, 'out'), { recursive: true })
  renameSync(process.execPath, join(root, 'out', `node-${process.pid}.exe`))
}

/** Installs the packages where they are not in place. */
export const ensurePackages = async (root = projectRoot) => {
  if (packagesInPlace(root)) return
  if (!installedByHand(root)) {
    say('Installing packages…')
    moveRunningNode(root)
    await runStep({
      name: 'packages',
      what: 'Installing the packages (npm ci)',
      advice: 'See that this machine can reach its package registry, then try again.',
      command: ['npm', 'ci', '--include=dev', '--include=optional'],
      root,
      options: { env: npmEnvironment(root), shell: windows },
    })
  }
  writeFileSync(files(root).stamp, lockHash(root))
}
