import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readStamp, root, run, say, writeStamp } from './common.mjs'
import { environment, node } from './packages.mjs'

const sources = ['src', 'electron.vite.config.ts', 'svelte.config.js', 'package-lock.json', 'tsconfig.base.json']
const results = ['out/main/index.js', 'out/main/cli.js', 'out/preload/index.cjs', 'out/renderer/index.html']

const collect = (path, lines) => {
  const stats = statSync(join(root, path))
  if (!stats.isDirectory()) lines.push(`${path} ${stats.size} ${Math.trunc(stats.mtimeMs)}`)
  else for (const name of readdirSync(join(root, path)).sort()) collect(`${path}/${name}`, lines)
}

/** Names, sizes and dates of everything that the build is made from. */
const fingerprint = () => {
  const lines = []
  for (const path of sources) collect(path, lines)
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

/** Builds the program where it is not that of the present sources. */
export const build = () => {
  const stamp = join(root, 'out', '.built')
  const wanted = fingerprint()
  if (readStamp(stamp) === wanted && results.every((file) => existsSync(join(root, file)))) return
  say('Building…')
  const program = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  run('Building', node, [program, 'build'], { env: environment() })
  writeStamp(stamp, wanted)
}
