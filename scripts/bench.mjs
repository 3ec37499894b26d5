/** `npm run bench [-- [--small] PART…]`: set-up, then measurements. Parts: import, first-look, rescan, memory, organise, rights, claims, window. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runChild } from './set-up/child.mjs'
import { projectRoot, runScript } from './set-up/console.mjs'
import { setUp } from './set-up/index.mjs'

await runScript(async () => {
  const { node, env } = await setUp({ redis: true, chromium: true })
  const bench = join(projectRoot, 'scripts', 'bench', 'index.ts')
  const raw = pathToFileURL(join(projectRoot, 'scripts', 'bench', 'raw.mjs')).href
  const { code } = await runChild(node, ['--import', raw, bench, ...process.argv.slice(2)], {
    cwd: projectRoot,
    env,
  })
  return code
})
