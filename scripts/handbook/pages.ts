/** Lays out what the handbook is made of: its own pages, and what it takes from elsewhere in the repository. */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cardText, keyboardCard } from './keyboard-card.ts'
import { rewriteLinks } from './links.ts'

const root = join(import.meta.dirname, '../..')

/** Where it is laid out: VitePress reads a folder that has nothing else in it. */
export const pagesFolder = join(root, 'out/handbook-pages')

/** Documents of the project that administrators read too; they stand in the handbook as they are. */
const references = [
  'docker',
  'finding',
  'http-api',
  'login',
  'mail',
  'metadata',
  'operations',
  'packaging',
  'pairs-and-stacks',
  'selection',
  'statuses',
  'uploads',
]

const referenceOf = (file: string) => /^docs\/([\w-]+)\.md$/.exec(file)?.[1]

/** Where a file of the repository stands in the handbook; null where it is no part of it. */
export const placeOf = (file: string): string | null => {
  if (file.startsWith('handbook/')) return file.slice('handbook/'.length)
  if (file === 'CHANGELOG.md') return 'release-notes.md'
  if (file.startsWith('docs/screenshots/')) return file.slice('docs/'.length)
  const reference = referenceOf(file)
  return reference !== undefined && references.includes(reference) ? `reference-${reference}.md` : null
}

const write = (name: string, text: string) => {
  const file = join(pagesFolder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const place = (file: string) => {
  const to = placeOf(file)
  if (to === null) throw new Error(`${file} has no place in the handbook`)
  write(to, rewriteLinks(file, readFileSync(join(root, file), 'utf8'), placeOf))
}

/** Lays all of it out anew in `pagesFolder`. */
export const layOutPages = async (): Promise<void> => {
  rmSync(pagesFolder, { recursive: true, force: true })
  cpSync(join(root, 'handbook/.vitepress'), join(pagesFolder, '.vitepress'), { recursive: true })
  cpSync(join(root, 'docs/screenshots'), join(pagesFolder, 'screenshots'), { recursive: true })
  for (const page of globSync('handbook/*.md', { cwd: root })) place(page.replaceAll('\\', '/'))
  for (const name of references) place(`docs/${name}.md`)
  place('CHANGELOG.md')
  const card = readFileSync(join(pagesFolder, 'keyboard.md'), 'utf8')
  write('keyboard.md', card.replace(/<!--.*?-->/, cardText(await keyboardCard())))
}
