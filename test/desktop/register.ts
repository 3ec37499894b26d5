/**
 * Makes `import 'electron'` mean the stand-in: node --import ./test/desktop/register.ts out/main/index.js
 */
import { registerHooks } from 'node:module'

const standIn = new URL('stand-in/process.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
