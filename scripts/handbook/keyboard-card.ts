/** The keyboard card: what the window itself lists under "Keyboard", so that the handbook cannot say anything else. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { join } from 'node:path'
import { createServer } from 'vite'

const root = join(import.meta.dirname, '../..')

/** As in the window's own list. */
const groups = { look: 'keysLook', cull: 'keysCull', organise: 'keysOrganise', window: 'keysWindow' }

/** A line of the card, in English. */
interface CardRow {
  keys: readonly string[]
  label: string
}

/** A heading of the card with its lines. */
export interface CardGroup {
  title: string
  rows: CardRow[]
}

/** The page's modules as far as they are asked here; its types know components, which these scripts do not read. */
interface Help {
  helpRows: (group: string) => { label: string; keys: readonly string[] }[]
}
interface Texts {
  t: (key: string) => string
}

/** The page asks its browser for language and keyboard: the card is in English, with the keys that most have. */
const askEnglish = () => {
  Object.defineProperties(navigator, {
    languages: { value: ['en'], configurable: true },
    platform: { value: 'Linux', configurable: true },
  })
}

const load = async (): Promise<Help & Texts> => {
  const vite = await createServer({
    configFile: false,
    root,
    plugins: [svelte()],
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  try {
    const module = (path: string) => vite.ssrLoadModule(`/src/renderer/${path}`)
    await module('i18n/later.ts')
    const { t } = (await module('i18n/index.ts')) as Texts
    const { helpRows } = (await module('commands/keyboard-help.ts')) as Help
    return { t, helpRows }
  } finally {
    await vite.close()
  }
}

/** The list of keys, read out of the page's own modules. */
export const keyboardCard = async (): Promise<CardGroup[]> => {
  askEnglish()
  const { t, helpRows } = await load()
  return Object.entries(groups).map(([group, title]) => ({
    title: t(title),
    rows: helpRows(group).map(({ keys, label }) => ({ keys, label: t(label) })),
  }))
}

const caps = (keys: readonly string[]) =>
  keys.map((key) => (key === '–' ? '–' : `<kbd>${key}</kbd>`)).join(' ')

const table = ({ title, rows }: CardGroup) =>
  [
    `## ${title}`,
    '',
    '| Keys | What they do |',
    '| --- | --- |',
    ...rows.map(({ keys, label }) => `| ${caps(keys)} | ${label} |`),
  ].join('\n')

/** The card as Markdown, a table under each heading. */
export const cardText = (card: readonly CardGroup[]): string => card.map(table).join('\n\n')
