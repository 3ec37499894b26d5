/** The built program in out/: made anew where the sources have changed. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot, runStep, say } from './console.mjs'
import { programEnvironment } from './node.mjs'

const settings = ['electron.vite.config.ts', 'svelte.config.js', 'package.json', 'package-lock.json']
const results = ['main/index.js', 'main/server.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html']

/** @param {string} root */
const stampFile = (root) => join(root, 'out', '.built')

/** Every file that the build depends on. @param {string} root */
const sources = (root) => {
  const inside = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) =>
    join('src', name),
  )
  const compilers = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name))
  return [...settings, ...compilers, ...inside].sort()
}

/** Names, times and sizes of the sources: reading what is in them would take longer and tell no more. */
const fingerprint = (root = projectRoot) => {
  const hash = createHash('sha256')
  for (const name of sources(root)) {
    const stats = statSync(join(root, name), { throwIfNoEntry: false })
    if (stats?.isFile()) hash.update(`${name}\0${stats.mtimeMs}\0${stats.size}\n`)
  }
  return hash.digest('hex')
}

/** Whether out/ is what the sources make. */
export const builtInPlace = (root = projectRoot) => {
  if (!existsSync(stampFile(root))) return false
  if (readFileSync(stampFile(root), 'utf8') !== fingerprint(root)) return false
  return results.every((name) => existsSync(join(root, 'out', name)))
}

/**
 * Builds where the sources have changed since the last time.
 *
 * @param {string} node The Node to build with.
 */
export const ensureBuilt = async (node, root = projectRoot) => {
  if (builtInPlace(root)) return
  const before = fingerprint(root)
  say('Building…')
  rmSync(stampFile(root), { force: true })
  await runStep({
    name: 'build',
    what: 'The build (electron-vite build)',
    advice: 'The lines above say where.',
    command: [node, join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'],
    root,
    options: { env: programEnvironment(node, [], root) },
  })
  writeFileSync(stampFile(root), before)
}
