/** The desktop shell: one window on the gallery of the user of this computer. */
import { app, powerMonitor } from 'electron'
import { ready } from './address.ts'
import { startAppearance } from './appearance.ts'
import { serveContract } from './rpc.ts'
import { guardContents, guardRequests } from './guard.ts'
import { openDesktopSession, type DesktopSession } from './desktop-session.ts'
import { showIconMenu } from './icon-menu.ts'
import { startLog } from './log.ts'
import { showMenu } from './menu.ts'
import { useDataFolder } from './paths.ts'
import { closePictureWindow } from './picture-window.ts'
import { registerScheme, serveScheme } from './protocol.ts'
import { closeOnQuit, giveUp } from './quit.ts'
import { open } from './opening/open.ts'
import { openedBy, type Opened } from './opening/opened.ts'
import { Opener } from './opening/opener.ts'
import { startUpdates } from './updates.ts'
import { openWindow, reloadWindow, showWindow } from './window.ts'

const start = async (opening: Promise<DesktopSession>, opener: Opener, opened: Opened) => {
  guardRequests()
  startAppearance()
  const desktopSession = await opening
  serveScheme(desktopSession)
  serveContract(desktopSession)
  showMenu(desktopSession)
  desktopSession.onenter = () => {
    showMenu(desktopSession)
    closePictureWindow()
    reloadWindow()
  }
  await openWindow()
  console.log(ready)
  app.on('activate', showWindow)
  powerMonitor.on('resume', () => desktopSession.library?.lookAgain())
  await open(desktopSession, opened)
  opener.begin(desktopSession)
  startUpdates()
  showIconMenu(() => opener.ask({ paths: [], links: [], asks: true }))
}

const main = () => {
  useDataFolder()
  const opened = openedBy(process.argv)
  if (!app.requestSingleInstanceLock(opened)) {
    console.log('Cimaise is open already; its window comes to the front.')
    app.quit()
    return
  }
  const opener = new Opener()
  startLog()
  registerScheme()
  guardContents()
  app.on('window-all-closed', () => process.platform === 'darwin' || app.quit())
  void app.whenReady().then(() => {
    const opening = openDesktopSession()
    closeOnQuit(opening)
    start(opening, opener, opened).catch(giveUp(opening))
  })
}

main()
