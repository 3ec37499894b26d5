/** `npm run icons`: draws every icon anew from resources/icon.svg and icon-small.svg. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { drawIcons } from './draw.ts'

const root = join(import.meta.dirname, '../..')

for (const [name, content] of await drawIcons()) {
  const file = join(root, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  console.log(`${String(content.length).padStart(7)}  ${name}`)
}
