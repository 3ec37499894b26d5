/** Runs a script in TypeScript of this folder's parent, after the set-up, with what the program imports as text. Ends as it does. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runChild } from './child.mjs'
import { projectRoot, runScript } from './console.mjs'
import { setUp } from './index.mjs'

/** `folder`: with its `index.ts`, below `scripts`; `needs`: as for the set-up. */
export const runSource = (folder, needs) =>
  runScript(async () => {
    const { node, env } = await setUp(needs)
    const raw = pathToFileURL(join(projectRoot, 'scripts', 'bench', 'raw.mjs')).href
    const source = join(projectRoot, 'scripts', folder, 'index.ts')
    const { code } = await runChild(node, ['--import', raw, source, ...process.argv.slice(2)], {
      cwd: projectRoot,
      env,
    })
    return code
  })
