/**
 * `npm run check:escaped-texts`: every word that a component shows or has read aloud comes from a catalogue, so that it is said in each
 * language. What is the same in all of them stands below.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'svelte/compiler'
import { isNode, nodesIn, type Node } from './syntax.ts'

const root = join(import.meta.dirname, '../../src/renderer')

/** Names, units and signs that no language says otherwise. */
const same = new Set([
  'Cimaise',
  'Redis',
  'RAW',
  'JPEG',
  'EV',
  'UTC',
  'px',
  'z',
  'x',
  'y',
  'CSV',
  'OpenStreetMap',
])

/** Attributes of elements, and parts of our components, that are shown or read aloud. */
const said = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'hint',
  'label',
  'placeholder',
  'title',
])

/** Addresses, which are no words. */
const addresses = /\S+(?:[:@/]|\.\w)\S*/g

const wordsIn = (text: unknown): string[] =>
  typeof text === 'string'
    ? (text.replace(addresses, '').match(/\p{L}+/gu) ?? []).filter((word) => !same.has(word))
    : []

const ofAttribute = (node: Node): string[] =>
  node.type === 'Attribute' && said.has(String(node['name'])) && Array.isArray(node['value'])
    ? node['value'].flatMap((part: unknown) =>
        isNode(part) && part.type === 'Text' ? wordsIn(part['data']) : [],
      )
    : []

/** Styles, attributes (which are looked at by their names), and what is typed into a terminal. */
const isAside = ({ type, name }: Node) =>
  type === 'Attribute' ||
  type === 'StyleDirective' ||
  (type === 'RegularElement' && (name === 'code' || name === 'pre'))

/** Words of a component's markup that come from no catalogue. */
export const escapedTexts = (code: string): string[] => {
  const nodes = [...nodesIn(parse(code, { modern: true }).fragment)]
  const aside = new Set(nodes.filter(isAside).flatMap((node) => [...nodesIn(Object.values(node))]))
  return nodes.flatMap((node) =>
    node.type === 'Text' && !aside.has(node) ? wordsIn(node['data']) : ofAttribute(node),
  )
}

if (import.meta.main) {
  const told = globSync('**/*.svelte', { cwd: root })
    .sort()
    .flatMap((file) =>
      escapedTexts(readFileSync(join(root, file), 'utf8')).map(
        (word) => `src/renderer/${file} says “${word}” by itself`,
      ),
    )
  for (const line of told) console.error(line)
  process.exitCode = told.length > 0 ? 1 : 0
}
