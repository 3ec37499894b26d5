/** Lets Node import a script of Redis as its text, as the build does: `import lua from './x.lua?raw'`. */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

registerHooks({
  load: (url, context, next) =>
    url.endsWith('.lua?raw')
      ? {
          format: 'module',
          source: `export default ${JSON.stringify(readFileSync(fileURLToPath(url.replace('?raw', '')), 'utf8'))}`,
          shortCircuit: true,
        }
      : next(url, context),
})
