/**
 * `npm run docs:api`: writes docs/api.md from the contract, its schemas and their doc comments. With `--check` it writes
 * nothing and fails where the page is not what they say now.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { z } from 'zod'
import { contract } from '../../src/shared/contract/index.ts'
import { print, printShape, type Printing } from './print-schema.ts'
import { readComments, type Comments } from './read-comments.ts'

const shared = join(import.meta.dirname, '../../src/shared')
const page = join(import.meta.dirname, '../../docs/api.md')

interface Procedure {
  '~orpc': {
    inputSchema?: z.core.$ZodType
    outputSchema?: z.core.$ZodType
    errorMap: Record<string, { status?: number }>
  }
}

const head = `# The contract

Everything that a window, a browser or the command line may ask of the gallery. Written by \`npm run docs:api\` from
\`src/shared/contract\` and \`src/shared/schemas\`: change it there.

A window of the desktop app asks over a message port, a browser by \`POST /rpc/<path>\` with its session's cookie (oRPC's RPC
protocol, 1.x), the command line in process. Every answer and every refusal is what Redis lets the caller's account do. What does
not fit its schema is refused before anything is asked; anything unexpected is \`INTERNAL_SERVER_ERROR\`.
`

/** The modules of a folder, by the names of their files. */
const modulesIn = (folder: string) =>
  readdirSync(join(shared, folder))
    .filter((file) => file.endsWith('.ts') && !file.includes('.test'))
    .sort()
    .map((file) => join(shared, folder, file))

const readSchemas = async () => {
  const names = new Map<unknown, string>()
  const schemas = new Map<string, z.core.$ZodType>()
  const comments: Comments = new Map()
  const extending = new Map<string, string>()
  for (const file of modulesIn('schemas')) {
    const read = readComments(file)
    for (const [path, comment] of read.comments) comments.set(path, comment)
    for (const [name, from] of read.extending) extending.set(name, from)
    const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>
    for (const [name, schema] of Object.entries(exported)) {
      if (!(schema instanceof z.ZodType)) continue
      names.set(schema, name)
      schemas.set(name, schema)
    }
  }
  const commentAt = (path: string): string | undefined => {
    const [name = '', ...rest] = path.split('/')
    const from = extending.get(name)
    return comments.get(path) ?? (from && rest.length > 0 ? commentAt([from, ...rest].join('/')) : undefined)
  }
  return { names, schemas, commentAt }
}

type Schemas = Awaited<ReturnType<typeof readSchemas>>

const block = (text: string) => `\`\`\`ts\n${text}\n\`\`\``

const linked = (names: Iterable<string>) =>
  [...names].sort().map((name) => `[${name}](#${name.toLowerCase()})`)

const printProcedure = (
  path: string,
  procedure: Procedure,
  { comments, names, used }: { comments: Comments; names: Schemas['names']; used: Set<string> },
): string => {
  const own = new Set<string>()
  const name = path.split('.')[1] ?? ''
  const printing: Printing = {
    nameOf: (schema) => names.get(schema),
    commentAt: (at) => comments.get(at),
    used: (one) => void own.add(one),
  }
  const { inputSchema, outputSchema, errorMap } = procedure['~orpc']
  const stream = outputSchema && getEventIteratorSchemaDetails(outputSchema)
  const output = (stream?.yields ?? outputSchema) as z.core.$ZodType | undefined
  const lines = [
    ...(inputSchema ? [`input: ${print(inputSchema, `${name}/input`, printing)}`] : []),
    ...(output ? [`${stream ? 'stream of' : 'output'}: ${print(output, `${name}/output`, printing)}`] : []),
  ]
  for (const one of own) used.add(one)
  const errors = Object.keys(errorMap).map((code) => `\`${code}\``)
  return [
    `### ${path}`,
    comments.get(name) ?? '',
    block(lines.join('\n')),
    `May refuse with ${errors.join(', ')}.${own.size > 0 ? ` Shapes: ${linked(own).join(', ')}.` : ''}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const printShapes = ({ names, schemas, commentAt }: Schemas, used: Set<string>): string[] => {
  const printed = new Map<string, string>()
  for (const name of used) {
    const schema = schemas.get(name)
    if (!schema) continue
    const printing: Printing = {
      nameOf: (one) => names.get(one),
      commentAt,
      used: (one) => void used.add(one),
    }
    const text = `${name} = ${printShape(schema, name, printing)}`
    printed.set(name, [`### ${name}`, commentAt(name) ?? '', block(text)].filter(Boolean).join('\n\n'))
  }
  return [...printed].sort(([a], [b]) => a.localeCompare(b)).map(([, text]) => text)
}

const render = async (): Promise<string> => {
  const schemas = await readSchemas()
  const used = new Set<string>()
  const sections = Object.entries(contract).map(([noun, procedures]) => {
    const { comments } = readComments(join(shared, 'contract', `${noun}.ts`))
    const parts = Object.entries(procedures).map(([name, procedure]) =>
      printProcedure(`${noun}.${name}`, procedure as Procedure, { comments, names: schemas.names, used }),
    )
    return [`## ${noun}`, ...parts].join('\n\n')
  })
  const nouns = Object.keys(contract).map((noun) => `[${noun}](#${noun})`)
  const shapes = printShapes(schemas, used)
  return [head, `${nouns.join(' · ')} · [shapes](#shapes)`, ...sections, '## Shapes', ...shapes, '']
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n+$/, '\n')
}

const text = await render()
if (process.argv.includes('--check')) {
  const isCurrent = readFileSync(page, 'utf8') === text
  if (!isCurrent) console.error(`docs/${basename(page)} is not what the contract says: npm run docs:api`)
  process.exitCode = isCurrent ? 0 : 1
} else writeFileSync(page, text)
