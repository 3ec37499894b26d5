import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cardText, keyboardCard } from '../../scripts/handbook/keyboard-card.ts'
import { rewriteLinks } from '../../scripts/handbook/links.ts'
import { placeOf } from '../../scripts/handbook/pages.ts'
import { nowhere, relativeChunk, relativeIndex, relativePage } from '../../scripts/handbook/relative.ts'
import access from '../../src/shared/messages/en/access.json' with { type: 'json' }
import app from '../../src/shared/messages/en/app.json' with { type: 'json' }
import organise from '../../src/shared/messages/en/organise.json' with { type: 'json' }
import rooms from '../../src/shared/messages/en/rooms.json' with { type: 'json' }

const texts: Record<string, unknown> = { ...access, ...rooms, ...organise, ...app }
const commands = join(import.meta.dirname, '../../src/renderer/commands')

/** Commands of one branch of a tree have keys in that tree alone, and are no part of the list. */
const ofTrees = ['album-commands.ts', 'collection-commands.ts', 'tag-commands.ts']

/** The labels of commands with a key, as their source says it; those that share a row have its label. */
const labelsWithKeys = (source: string): string[] =>
  source
    .split(/(?=\bid: )/)
    .filter((part) => /\bkeys: \[/.test(part) && !/\brow[:,]/.test(part))
    .map((part) => /\blabel: '(\w+)'/.exec(part)?.[1])
    .filter((label) => label !== undefined)

test('the keyboard card has each command of the window that has a key, in the words of the window', async () => {
  const page = cardText(await keyboardCard())
  const labels = globSync('*-commands.ts', { cwd: commands })
    .filter((name) => !ofTrees.includes(name))
    .flatMap((name) => labelsWithKeys(readFileSync(join(commands, name), 'utf8')))
  expect(labels.length).toBeGreaterThan(30)
  expect(labels.filter((label) => !page.includes(` | ${String(texts[label])} |`))).toEqual([])
  expect(page).toContain('| <kbd>0</kbd> – <kbd>5</kbd> | Rating |')
  expect(page).toContain('| <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> | Move |')
})

test('a link leads to where a file stands in the handbook, and is plain text where it has none', () => {
  const rewritten = (file: string, text: string) => rewriteLinks(file, text, placeOf)
  expect(
    rewritten('handbook/sharing.md', '[a](../docs/uploads.md#set-up), [b](people.md), [c](../LICENSE)'),
  ).toBe('[a](./reference-uploads.md#set-up), [b](./people.md), c')
  expect(
    rewritten('docs/finding.md', '[ADR 19](adr/0019-searches.md), [m](metadata.md), [e](https://e.org)'),
  ).toBe('ADR 19, [m](./reference-metadata.md), [e](https://e.org)')
  expect(rewritten('handbook/looking.md', '![Grid](../docs/screenshots/grid-dark.png)')).toBe(
    '![Grid](./screenshots/grid-dark.png)',
  )
  expect(rewritten('CHANGELOG.md', '[uploads](docs/uploads.md)')).toBe('[uploads](./reference-uploads.md)')
})

test('a built page finds out where it lies, and leads to the pages beside it', () => {
  const html = `<a href="${nowhere}people.html"></a><script>window.__VP_SITE_DATA__=JSON.parse("{\\"base\\":\\"${nowhere}\\"}");</script>`
  expect(relativePage('a.html', html)).toBe(
    '<a href="./people.html"></a><script>window.__VP_SITE_DATA__=JSON.parse("{\\"base\\":\\"./\\"}");window.__VP_SITE_DATA__.base=new URL("./",location.href).pathname</script>',
  )
  expect(relativeChunk(`const n="${nowhere}";x("${nowhere}a.png")`)).toBe(
    'const n= window.__VP_SITE_DATA__.base;x("./a.png")',
  )
  expect(relativeIndex('i.js', `const e='{"0":"${nowhere}a.html#b"}';export{e as default};`)).toBe(
    `const e='{"0":"{path}a.html#b"}'.replaceAll("{path}",window.__VP_SITE_DATA__.base);export{e as default};`,
  )
})

test('what another version of VitePress writes in another way ends the build', () => {
  expect(() => relativePage('a.html', `<a href="${nowhere}"></a>`)).toThrow('a.html')
})
