import { app, session } from 'electron'
import { isPage, mayLoad } from './address.ts'

/** Where the pictures of the map come from in the gallery that is shown; null: from nowhere. */
let imagesOf: string | null = null

/** Lets the window load images of one origin, which an administrator of its gallery has chosen. */
export const allowImagesOf = (origin: string | null) => (imagesOf = origin)

const isTile = (url: string, kind: string) =>
  imagesOf !== null && kind === 'image' && URL.parse(url)?.origin === imagesOf

/** The window shows our page and nothing else: it goes nowhere, opens nothing and embeds nothing. */
export const guardContents = () => {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => {
      if (!isPage(event.url)) event.preventDefault()
    })
  })
}

/** Refuses every permission but to fill the screen, every download, and every request that leaves this program but for a map's tiles. */
export const guardRequests = () => {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'fullscreen'),
  )
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission === 'fullscreen')
  defaultSession.on('will-download', (event) => event.preventDefault())
  defaultSession.webRequest.onBeforeRequest(({ url, resourceType }, answer) =>
    answer({ cancel: !mayLoad(url) && !isTile(url, resourceType) }),
  )
}
