/** `npm run bench [-- PART…]`: set-up, then measurements. Parts: import, rescan, memory, window. */
import { join } from 'node:path'
import { runChild } from './set-up/child.mjs'
import { projectRoot, runScript } from './set-up/console.mjs'
import { setUp } from './set-up/index.mjs'

await runScript(async () => {
  const { node, env } = await setUp({ redis: true, chromium: true })
  const bench = join(projectRoot, 'scripts', 'bench', 'index.ts')
  const { code } = await runChild(node, [bench, ...process.argv.slice(2)], { cwd: projectRoot, env })
  return code
})
