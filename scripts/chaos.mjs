/** `npm run chaos [-- sentinel|cluster --faults N --seed N]`: set-up, then a gallery on several machines that fail in turn. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runChild } from './set-up/child.mjs'
import { projectRoot, runScript } from './set-up/console.mjs'
import { setUp } from './set-up/index.mjs'

await runScript(async () => {
  const { node, env } = await setUp({ redis: true })
  const chaos = join(projectRoot, 'scripts', 'chaos', 'index.ts')
  const raw = pathToFileURL(join(projectRoot, 'scripts', 'bench', 'raw.mjs')).href
  const { code } = await runChild(node, ['--import', raw, chaos, ...process.argv.slice(2)], {
    cwd: projectRoot,
    env,
  })
  return code
})
