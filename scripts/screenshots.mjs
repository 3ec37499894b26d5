/**
 * `npm run screenshots`: set-up, then docs/screenshots/ anew, from the samples that the program draws; with
 * `-- --panes FOLDER` every section of the settings instead.
 */
import { join } from 'node:path'
import { runChild } from './set-up/child.mjs'
import { projectRoot, runScript } from './set-up/console.mjs'
import { setUp } from './set-up/index.mjs'

await runScript(async () => {
  const { node, env } = await setUp({ redis: true, chromium: true })
  const { code } = await runChild(
    node,
    [join(projectRoot, 'scripts', 'screenshots', 'index.ts'), ...process.argv.slice(2)],
    {
      cwd: projectRoot,
      env,
    },
  )
  return code
})
