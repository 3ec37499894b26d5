import { app } from 'electron'

/** The scheme under which the window finds its page and the images. */
export const scheme = 'cimaise'
const host = 'app'

/** What says on standard output that the window can be used. Scripts wait for this line. */
export const ready = `Cimaise is ready: ${scheme}://${host}/`

/** The server that `electron-vite dev` gives the page from. */
export const developmentUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']

export const pageUrl = developmentUrl ?? `${scheme}://${host}/`

/** Scheme and host of a URL. URL.origin will not do: Node says "null" for a scheme that it does not know. */
const originOf = (url: string) => {
  const parsed = URL.parse(url)
  return parsed && `${parsed.protocol}//${parsed.host}`
}

/** Whether a URL is one of our own scheme's pages and images. */
export const isOurScheme = (url: string) => originOf(url) === `${scheme}://${host}`

/** The origin that the window's page has. */
export const pageOrigin = originOf(pageUrl)

/** Whether a URL is the window's page, whatever its fragment. */
export const isPage = (url: string) => URL.parse(url)?.href.replace(/[?#].*$/s, '') === new URL(pageUrl).href

/** Whether the window may load something from a URL: there is no remote content. */
export const mayLoad = (url: string) => {
  if (isOurScheme(url) || /^(?:data|blob):/i.test(url)) return true
  if (!developmentUrl) return false
  return /^devtools:/i.test(url) || originOf(url.replace(/^ws/i, 'http')) === pageOrigin
}
