/** `npm run handbook`: builds the handbook into out/handbook, whole, to be put anywhere, and without a request elsewhere. */
import { join } from 'node:path'
import { build } from 'vitepress'
import { layOutPages, pagesFolder } from './pages.ts'
import { makeRelative, nowhere } from './relative.ts'

const outDir = join(pagesFolder, '../handbook')

await layOutPages()
await build(pagesFolder, { base: nowhere, outDir })
makeRelative(outDir)
console.log(join(outDir, 'index.html'))
