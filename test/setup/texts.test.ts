/** What fills the blanks of texts, at each place in the source that names a text: TypeScript does not know a catalogue's letters. */
import { globSync, readFileSync } from 'node:fs'
import { parse } from 'svelte/compiler'
import { expect, it } from 'vitest'
import { isNode, nodesIn, type Node } from '../../scripts/checks/syntax.ts'
import { blanksIn, type Catalogue } from '../../src/shared/i18n/catalogue.ts'
import access from '../../src/shared/messages/en/access.json' with { type: 'json' }
import app from '../../src/shared/messages/en/app.json' with { type: 'json' }
import backup from '../../src/shared/messages/en/backup.json' with { type: 'json' }
import errors from '../../src/shared/messages/en/errors.json' with { type: 'json' }
import organise from '../../src/shared/messages/en/organise.json' with { type: 'json' }
import place from '../../src/shared/messages/en/place.json' with { type: 'json' }
import passwords from '../../src/shared/messages/en/passwords.json' with { type: 'json' }
import rooms from '../../src/shared/messages/en/rooms.json' with { type: 'json' }

const ofErrors: Catalogue = { ...errors, ...passwords }
const ofPage: Catalogue = { ...access, ...app, ...backup, ...organise, ...passwords, ...place, ...rooms }

const literal = (node: unknown) =>
  isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null

const nameOf = (node: unknown) => (isNode(node) && node.type === 'Identifier' ? String(node['name']) : null)

/** The properties of an object as it is written; null where others are mixed in, or it is no object. */
const properties = (node: unknown): Map<string, unknown> | null => {
  if (!isNode(node) || node.type !== 'ObjectExpression') return null
  const all = node['properties'] as Node[]
  if (all.some(({ type, computed }) => type !== 'Property' || computed === true)) return null
  return new Map(all.map(({ key, value }) => [nameOf(key) ?? literal(key) ?? '', value]))
}

/** A text that is named: by `t`, by a `GalleryError`, or as an object with its id. */
const named = (node: Node): { catalogue: Catalogue; id: string; blanks: unknown } | null => {
  const [first, second, third] = (node['arguments'] ?? []) as unknown[]
  const callee = nameOf(node['callee'])
  const found = (catalogue: Catalogue, id: string | null | undefined, blanks: unknown) =>
    id && Object.hasOwn(catalogue, id) ? { catalogue, id, blanks } : null
  if (node.type === 'CallExpression' && callee === 't') return found(ofPage, literal(first), second)
  if (node.type === 'NewExpression' && callee === 'GalleryError')
    return found(ofErrors, literal(second), third)
  const object = properties(node)
  const isText = object?.has('id') && [...object.keys()].every((key) => key === 'id' || key === 'blanks')
  return isText ? found(ofErrors, literal(object?.get('id')), object?.get('blanks')) : null
}

/** What does not fit in one file: `id: given, for wanted`. */
const misfits = (code: string): string[] =>
  [...nodesIn(parse(code, { modern: true }))].flatMap((node) => {
    const text = named(node)
    // An object that is made elsewhere is not followed; most such serve several texts.
    const given = text?.blanks === undefined ? [] : [...(properties(text.blanks)?.keys() ?? ['?'])].sort()
    const wanted = text ? blanksIn(text.catalogue[text.id] ?? '') : []
    if (!text || given.includes('?') || given.join() === wanted.join()) return []
    return [`${text.id}: ${given.join() || 'nothing'}, for ${wanted.join() || 'nothing'}`]
  })

/** The same of a script that runs in Redis, which refuses by the id of a text. */
const misfitsInLua = (code: string): string[] =>
  [...code.matchAll(/\brefuse\('[A-Z_]+', '(\w+)'(?:, \{([^}]*)\})?\)/g)].flatMap(
    ([, id = '', blanks = '']) => {
      const given = [...blanks.matchAll(/(\w+) = /g)].map(([, name]) => name).sort()
      const wanted = blanksIn(ofErrors[id] ?? '')
      if (Object.hasOwn(ofErrors, id) && given.join() === wanted.join()) return []
      return [`${id}: ${given.join() || 'nothing'}, for ${wanted.join() || 'nothing'}`]
    },
  )

const inComponent = (code: string) => `<script lang="ts">${code}</script>`

it('each text that the source names is given the blanks that it has, and no others', () => {
  const files = globSync('src/**/*.{ts,svelte}').filter((file) => !/\.test(-d)?\.ts$|\.d\.ts$/.test(file))
  expect(files.length).toBeGreaterThan(200)
  const found = files.flatMap((file) => {
    const code = readFileSync(file, 'utf8')
    return misfits(file.endsWith('.svelte') ? code : inComponent(code)).map((what) => `${file}: ${what}`)
  })
  expect(found).toEqual([])
})

it('so is each text that a script in Redis refuses with', () => {
  const scripts = globSync('src/core/redis/scripts/**/*.lua').map(
    (file) => [file, readFileSync(file, 'utf8')] as const,
  )
  const calls = scripts.flatMap(([, code]) => [...code.matchAll(/(?<!function )\brefuse\(/g)])
  const read = scripts.flatMap(([, code]) => [
    ...code.matchAll(/\brefuse\('[A-Z_]+', '\w+'(?:, \{[^}]*\})?\)/g),
  ])
  expect(calls.length).toBeGreaterThan(20)
  expect(read.length).toBe(calls.length)
  expect(scripts.flatMap(([file, code]) => misfitsInLua(code).map((what) => `${file}: ${what}`))).toEqual([])
})

it.each([
  ["return refuse('NOT_FOUND', 'noAccount')", 'noAccount: nothing, for name'],
  ["return refuse('NOT_FOUND', 'noAccount', { n = max + 1 })", 'noAccount: n, for name'],
  ["return refuse('NOT_FOUND', 'noSuchText')", 'noSuchText: nothing, for nothing'],
])('in Lua, what a text lacks or has too much is found: %s', (code, told) => {
  expect(misfitsInLua(code)).toEqual([told])
})

it.each([
  ["t('undone')", 'undone: nothing, for name'],
  ["t('undone', { nom: 'x' })", 'undone: nom, for name'],
  ["new GalleryError('NOT_FOUND', 'noAccount', { name, at })", 'noAccount: at,name, for name'],
  ["const text = { id: 'noAccount' }", 'noAccount: nothing, for name'],
])('a blank that is missing or too much is found: %s', (code, told) => {
  expect(misfits(inComponent(code))).toEqual([told])
})
