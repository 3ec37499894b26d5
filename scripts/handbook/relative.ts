/**
 * Makes a built handbook one that lies anywhere: below any path of a server, or in a folder whose files are opened. VitePress
 * wants to know its path when it builds; so it builds for one that nobody has, and each mention of that is made relative here.
 * All pages lie in one folder, where `./` leads to all of them.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The path that VitePress builds for. */
export const nowhere = '/handbook-lies-nowhere/'

const base = 'window.__VP_SITE_DATA__.base'

/** Replaces what has to be there: another version of VitePress may write it in another way, and then nothing would work. */
const replaceOne = (name: string, text: string, from: RegExp, to: (found: string) => string): string => {
  if (!from.test(text)) throw new Error(`VitePress has written ${name} in a way that is not known here.`)
  return text.replace(from, to)
}

/** A page finds out where it lies when it is opened. */
export const relativePage = (name: string, html: string): string =>
  replaceOne(
    name,
    html,
    /(?<=window\.__VP_SITE_DATA__=JSON\.parse\("(?:[^"\\]|\\.)*"\));?<\/script>/,
    () => `;${base}=new URL("./",location.href).pathname</script>`,
  ).replaceAll(nowhere, './')

/** Stands for the path in the index of the search until that is read: what is found has the whole path. */
const marker = '{path}'

/** The index of the search is one literal, in which each part of a page stands with its path. */
export const relativeIndex = (name: string, code: string): string =>
  replaceOne(name, code, /^const \w+='(?:[^'\\]|\\.)*'/, (index) =>
    [index.replaceAll(nowhere, marker), `.replaceAll("${marker}",${base})`].join(''),
  )

/** A literal that is the path itself is asked for when it is needed. */
export const relativeChunk = (code: string): string =>
  code.replaceAll(`"${nowhere}"`, ` ${base}`).replaceAll(nowhere, './')

const relativeFile = (path: string, text: string): string => {
  const name = basename(path)
  if (name.endsWith('.html')) return relativePage(name, text)
  return name.startsWith('@localSearchIndex') ? relativeIndex(name, text) : relativeChunk(text)
}

/** Makes all files of a built handbook relative. */
export const makeRelative = (folder: string): void => {
  for (const name of globSync('**/*.{html,js,css}', { cwd: folder })) {
    const file = join(folder, name)
    const text = readFileSync(file, 'utf8')
    if (text.includes(nowhere)) writeFileSync(file, relativeFile(name, text))
  }
}
