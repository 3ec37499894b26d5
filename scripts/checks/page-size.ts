/**
 * `npm run check:page-size`: what the page loads before the first thumbnail, packed as the server sends it, stays within the
 * budget of `page-budget.json`. What is loaded later (viewer, settings, another language) is not counted. Nor do the first files
 * name a text that comes later (src/renderer/i18n/later.ts), as they would say nothing in its place.
 */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
// @ts-expect-error plain JavaScript, which runs before anything is installed
import { ensureBuilt } from '../set-up/build.mjs'
import budget from './page-budget.json' with { type: 'json' }

const later = join(import.meta.dirname, '../../src/renderer/i18n/later.ts')
const messages = join(import.meta.dirname, '../../src/shared/messages/en')
const page = join(import.meta.dirname, '../../out/renderer')

/** What a file loads by itself: scripts, styles and preloads of HTML, and static imports of a script. */
const loadedBy = (name: string, text: string): string[] => {
  const found = name.endsWith('.html')
    ? [
        ...text.matchAll(/<script[^>]*\ssrc="([^"]+)"/g),
        ...text.matchAll(/<link[^>]*rel="(?:stylesheet|modulepreload)"[^>]*\shref="([^"]+)"/g),
      ]
    : [...text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g)]
  return found.map(([, path = '']) => posix.join(posix.dirname(name), path))
}

/** Sizes in bytes of everything that is loaded with a file, plain and packed by Brotli. */
const sizesOf = (start: string, read: (name: string) => Buffer) => {
  const sizes = new Map<string, { plain: number; packed: number }>()
  const waiting = [start]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (sizes.has(name)) continue
    const bytes = read(name)
    sizes.set(name, { plain: bytes.length, packed: brotliCompressSync(bytes).length })
    if (/\.(?:html|js)$/.test(name)) waiting.push(...loadedBy(name, bytes.toString('utf8')))
  }
  return sizes
}

/** Keys of the texts that come later, as far as the code of the first files names them. */
const namedTooEarly = (code: string): string[] =>
  [...readFileSync(later, 'utf8').matchAll(/messages\/en\/(\w+)\.json/g)]
    .flatMap(([, name = '']) =>
      Object.keys(JSON.parse(readFileSync(join(messages, `${name}.json`), 'utf8')) as object),
    )
    .filter((key) => ['"', "'", '`'].some((quote) => code.includes(quote + key + quote)))

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

const check = async (): Promise<number> => {
  await (ensureBuilt as (node: string) => Promise<unknown>)(process.execPath)
  const sizes = sizesOf('index.html', (name) => readFileSync(join(page, name)))
  let packed = 0
  for (const [name, size] of sizes) {
    packed += size.packed
    console.log(`${kilobytes(size.packed).padStart(9)} of ${kilobytes(size.plain).padStart(9)}  ${name}`)
  }
  const fits = packed <= budget.bytesBeforeFirstThumbnail
  const sum = `${kilobytes(packed)} before the first thumbnail, budget ${kilobytes(budget.bytesBeforeFirstThumbnail)}`
  console.log(fits ? sum : `Too large: ${sum}`)
  const scripts = [...sizes.keys()].filter((name) => name.endsWith('.js'))
  const early = namedTooEarly(scripts.map((name) => readFileSync(join(page, name), 'utf8')).join('\n'))
  if (early.length > 0)
    console.log(`The first files name texts that come later. Move them to app.json: ${early.join(', ')}`)
  return fits && early.length === 0 ? 0 : 1
}

process.exitCode = await check()
