import type { Line } from './compose.ts'
import type { Speaker } from './speak.ts'

/** A mail as text, and as HTML that looks the same: no pictures, nothing that is fetched, no trace of who reads it. */
export interface Letter {
  text: string
  html: string
}

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll('\n', '<br>')

const quoted = (text: string) =>
  text
    .split('\n')
    .map((one) => `> ${one}`)
    .join('\n')

const page = (language: string, body: string) =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body style="font-family: sans-serif; line-height: 1.5">${body}</body></html>`

const muted = (text: string) => `<p style="color: #666; font-size: 13px">${text}</p>`
const anchor = (url: string, text: string) => `<a href="${escaped(url)}">${escaped(text)}</a>`

interface Surroundings {
  speaker: Speaker
  language: string
  account: string
  /** How browsers reach the gallery. */
  url: string
  /** Where all mails are ended. */
  stop: string
}

const htmlOf = (url: string, { text, said, path }: Line) => {
  const words = said && `<div style="margin: 4px 0 0 12px">${escaped(said)}</div>`
  return `<div style="margin: 16px 0">${anchor(url + path, text)}${words}</div>`
}

const textOf = (url: string, { text, said, path }: Line) =>
  [text, ...(said ? [quoted(said)] : []), url + path].join('\n')

/** News as a letter. `more`: how many more there were than are kept. */
export const newsLetter = (
  { speaker: { t, counted }, language, account, url, stop }: Surroundings,
  lines: Line[],
  more: number,
): Letter => {
  const beyond = more > 0 ? [counted('andMore', more)] : []
  const why = t('why', { account })
  const text = [
    ...lines.map((one) => textOf(url, one)),
    ...beyond,
    `-- \n${why}`,
    t('change', { url: `${url}/` }),
    t('stop', { url: stop }),
  ].join('\n\n')
  const body = [
    ...lines.map((one) => htmlOf(url, one)),
    ...beyond.map((words) => `<p>${escaped(words)}</p>`),
    muted(`${escaped(why)}<br>${anchor(`${url}/`, t('openGallery'))} · ${anchor(stop, t('stopLink'))}`),
  ].join('')
  return { text: `${text}\n`, html: page(language, body) }
}

/** A few paragraphs as a letter; an address that stands alone becomes a link. */
export const plainLetter = (language: string, paragraphs: string[]): Letter => ({
  text: `${paragraphs.join('\n\n')}\n`,
  html: page(
    language,
    paragraphs
      .map((text) => `<p>${/^https?:\S+$/.test(text) ? anchor(text, text) : escaped(text)}</p>`)
      .join(''),
  ),
})
