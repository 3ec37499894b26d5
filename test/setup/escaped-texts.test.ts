import { expect, it } from 'vitest'
import { escapedTexts } from '../../scripts/checks/escaped-texts.ts'

it.each([
  ['<p>Hello</p>', 'Hello'],
  ['{#if x}Photos{/if}', 'Photos'],
  ['<img alt="Map" src="x.png" />', 'Map'],
  ['<button aria-label="Close {name}">×</button>', 'Close'],
  ['<Field label="Title" />', 'Title'],
])('a word that comes from no catalogue is found: %s', (markup, word) => {
  expect(escapedTexts(markup)).toEqual([word])
})

it.each([
  '<p>{t("hello")}: {n} ×</p>',
  '<img alt="" class="wide" src="x.png" />',
  '<a href="https://example.org/x" rel="noopener">{name}</a>',
  '<h1>Cimaise</h1>',
  '<script>const a = "Hello"</script><style>p { color: red }</style>',
])('what comes from a catalogue or is the same everywhere is not: %s', (markup) => {
  expect(escapedTexts(markup)).toEqual([])
})
