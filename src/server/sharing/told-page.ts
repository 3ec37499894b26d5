import { html } from 'hono/html'
import type { Language } from '../../shared/domain/appearance.ts'
import { directionOf } from '../../shared/i18n/languages.ts'
import type { AlbumFacts } from './album-facts.ts'

/** The page's own file, with what programs that run no scripts are told of an album. */
export interface Told {
  facts: AlbumFacts
  /** In which the words are. */
  language: Language
  /** How many photos there are, in words. */
  count: string
  /** Said to those who have scripts switched off. */
  noScript: string
  /** The whole address of the page. */
  url: string
  /** Of a picture of the album; null where there is none. */
  picture: string | null
  /** Of its feed; null where there is none. */
  feed: string | null
  /** Of what says how other pages may show it; null where there is nothing. */
  oembed: string | null
}

/** What is told of an album where its address is passed on. @see https://ogp.me */
const head = ({ facts, count, url, picture, feed, oembed }: Told) => {
  const description = facts.description || count
  return html`<title>${facts.title}</title>
    <meta name="description" content="${description}" />
    <meta property="og:type" content="website" />
    <meta property="og:title" content="${facts.title}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${url}" />
    ${
      picture === null
        ? ''
        : html`<meta property="og:image" content="${picture}" />
            <meta name="twitter:card" content="summary_large_image" />`
    }
    ${
      feed === null
        ? ''
        : html`<link rel="alternate" type="application/atom+xml" title="${facts.title}" href="${feed}" />`
    }
    ${oembed === null ? '' : html`<link rel="alternate" type="application/json+oembed" href="${oembed}" />`}`
}

const body = ({ facts, count, language, noScript, picture }: Told) =>
  html`<noscript lang="${language}" dir="${directionOf(language)}">
    <h1 dir="auto">${facts.title}</h1>
    <p dir="auto">${facts.description}</p>
    <p>${count}</p>
    ${picture === null ? '' : html`<img src="${picture}" alt="${facts.title}" width="640" />`}
    <p>${noScript}</p>
  </noscript>`

/** The page with what is told of an album in it. */
export const withTold = async (page: string, told: Told): Promise<string> => {
  const [above, below] = [String(await head(told)), String(await body(told))]
  return page
    .replace('<title>Cimaise</title>', () => above)
    .replace(/<noscript>[^]*<\/noscript>/, '')
    .replace('<body>', () => `<body>${below}`)
}

/**
 * The page at an address that is not its own: `base` is where its files are, and `at` the address that it goes on from, so that a
 * secret does not stay in sight.
 */
export const movedPage = async (page: string, base: string, at: string): Promise<string> => {
  const moved = String(await html`<base href="${base}" /><meta name="cimaise-at" content="${at}" />`)
  return page.replace('<head>', () => `<head>${moved}`)
}
