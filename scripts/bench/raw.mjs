/** Lets Node import what the build takes in as text or as an address: `import lua from './x.lua?raw'`, `'./x.br?url&inline'`. */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const valueOf = {
  '?raw': (bytes) => bytes.toString('utf8'),
  '?url&inline': (bytes) => `data:application/octet-stream;base64,${bytes.toString('base64')}`,
}

registerHooks({
  load: (url, context, next) => {
    const how = url.slice(url.indexOf('?'))
    const value = valueOf[how]
    if (!value) return next(url, context)
    const bytes = readFileSync(fileURLToPath(url.slice(0, -how.length)))
    return { format: 'module', source: `export default ${JSON.stringify(value(bytes))}`, shortCircuit: true }
  },
})
