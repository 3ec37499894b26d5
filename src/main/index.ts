/** The desktop shell: one window on the gallery of the user of this computer. */
import { app } from 'electron'
import { ready } from './address.ts'
import { startAppearance } from './appearance.ts'
import { foldersIn } from './arguments.ts'
import { serveContract } from './rpc.ts'
import { addFolders } from './folders.ts'
import { guardContents, guardRequests } from './guard.ts'
import { openDesktopSession, type DesktopSession } from './desktop-session.ts'
import { startLog } from './log.ts'
import { showMenu } from './menu.ts'
import { useDataFolder } from './paths.ts'
import { registerScheme, serveScheme } from './protocol.ts'
import { closeOnQuit, giveUp } from './quit.ts'
import { openWindow, reloadWindow, showWindow } from './window.ts'

const start = async (opening: Promise<DesktopSession>, folders: string[]) => {
  guardRequests()
  startAppearance()
  const desktopSession = await opening
  serveScheme(desktopSession)
  serveContract(desktopSession)
  showMenu(desktopSession)
  desktopSession.onenter = () => {
    showMenu(desktopSession)
    reloadWindow()
  }
  await openWindow()
  console.log(ready)
  app.on('activate', showWindow)
  await addFolders(desktopSession.library, folders)
}

/** Cimaise was started again: this one comes to the front, and takes the folders in that the other was given. */
const welcomeOthers = (opening: Promise<DesktopSession>) => {
  app.on('second-instance', (_event, _arguments, _directory, data) => {
    const { folders } = data as { folders: string[] }
    void opening.then(async ({ library }) => {
      showWindow()
      await addFolders(library, folders)
    })
  })
}

const main = () => {
  useDataFolder()
  const folders = foldersIn(process.argv)
  if (!app.requestSingleInstanceLock({ folders })) {
    console.log('Cimaise is open already; its window comes to the front.')
    app.quit()
    return
  }
  startLog()
  registerScheme()
  guardContents()
  app.on('window-all-closed', () => process.platform === 'darwin' || app.quit())
  void app.whenReady().then(() => {
    const opening = openDesktopSession()
    closeOnQuit(opening)
    welcomeOthers(opening)
    start(opening, folders).catch(giveUp(opening))
  })
}

main()
