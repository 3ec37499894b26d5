/**
 * `npm run check:docs`: every file, folder and link that the documentation and the comments name is there. A sentence that
 * sends a reader to a file of last year costs more than no sentence.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob, normalize } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The endings of files that are ours to name; settings and data files (`.json`, `.log`) may be a user's. */
const named = /(?<![\w@/.-])(?:[\w.*{},-]+\/)*[\w.*{},-]+\.(?:ts|mjs|svelte|lua|css|sh|md)(?![\w/])/g

/** Folders of the repository, as the texts name them: from the root or from src/. */
const folders =
  /(?<![\w@/.-])(?:src|test|scripts|docs|core|router|renderer|shared|main|server|cli|preload)(?:\/[\w-]+)+\/?(?![\w.*{/-])/g

const comments = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*|--\[\[[\s\S]*?\]\]|<!--[\s\S]*?-->|(?<=^|\s)--\s.*/g

/** `{a,b}` as two paths. */
const spread = (path: string): string[] => {
  const [whole, choices] = /\{([^}]*)\}/.exec(path) ?? []
  if (!whole || choices === undefined) return [path]
  return choices.split(',').flatMap((choice) => spread(path.replace(whole, choice)))
}

/** `x.test.ts` stands for any. */
const isExample = (name: string) => /(?:^|\/)x\.[\w.]+$/i.test(name)

export interface Text {
  /** From the root of the repository. */
  file: string
  text: string
}

/** What a text names, with its line; of code only what its comments name. */
const namesIn = ({ file, text }: Text) => {
  const isDocument = file.endsWith('.md')
  const parts = isDocument
    ? [{ at: 0, text }]
    : [...text.matchAll(comments)].map((m) => ({ at: m.index, text: m[0] }))
  return parts.flatMap((part) => {
    const prose = part.text.replace(/https?:\/\/\S+/g, '')
    const patterns = isDocument ? [named, folders] : [named]
    return patterns.flatMap((pattern) =>
      [...prose.matchAll(pattern)].map((match) => ({
        name: match[0].replace(/^(?:\.\.?\/)+|\/$/g, ''),
        line: text.slice(0, part.at + match.index).split('\n').length,
      })),
    )
  })
}

const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

/** Why a link of a document leads nowhere, or null. */
const brokenLink = (file: string, target: string, texts: Map<string, string>): string | null => {
  if (/^(https?:|mailto:)/.test(target)) return null
  const [path = '', anchor] = target.split('#')
  const to = path === '' ? file : normalize(join(dirname(file), path))
  if (!existsSync(join(root, to))) return `links to ${target}, which is not there`
  if (!anchor) return null
  const headings = [...(texts.get(to) ?? '').matchAll(/^#+ (.*)$/gm)].map((m) => slug(m[1] ?? ''))
  return headings.includes(anchor) ? null : `links to ${target}, but ${to} has no such heading`
}

/**
 * What the texts name that is not there, a line each.
 *
 * @param tracked Every file of the repository, from its root.
 */
export const brokenNames = (texts: Text[], tracked: string[]): string[] => {
  const paths = new Set(tracked.flatMap((file) => [file, dirname(file)]))
  for (const path of [...paths]) for (let up = dirname(path); up !== '.'; up = dirname(up)) paths.add(up)
  const ends = [...paths].map((path) => `/${path}`)
  const exists = (name: string) =>
    name.includes('*')
      ? tracked.some((path) => matchesGlob(`/${path}`, `/**/${name}`))
      : ends.some((path) => path.endsWith(`/${name}`))
  const byFile = new Map(texts.map(({ file, text }) => [file, text]))
  return texts.flatMap((one) => {
    const missing = namesIn(one)
      .filter(({ name }) => !isExample(name) && !spread(name).every(exists))
      .map(({ name, line }) => `${one.file}:${line} names ${name}, which is not there`)
    if (!one.file.endsWith('.md')) return missing
    const links = [...one.text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => brokenLink(one.file, match[1] ?? '', byFile))
      .filter((reason) => reason !== null)
    return [...missing, ...links.map((reason) => `${one.file} ${reason}`)]
  })
}

if (import.meta.main) {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  const tracked = listed
    .toString()
    .split('\n')
    .filter((file) => file && existsSync(join(root, file)))
  const texts = tracked
    .filter((file) => /\.(md|ts|mjs|svelte|lua)$/.test(file) && file !== 'test/setup/docs.test.ts')
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
  const broken = brokenNames(texts, tracked)
  for (const line of broken) console.error(line)
  process.exitCode = broken.length > 0 ? 1 : 0
}
