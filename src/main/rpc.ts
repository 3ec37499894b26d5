import { RPCHandler } from '@orpc/server/message-port'
import { ipcMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron'
import type { Context, Desktop } from '../router/base.ts'
import { router } from '../router/index.ts'
import { notify, showOutside } from './attention.ts'
import { setAppearance } from './appearance.ts'
import { pageOrigin } from './address.ts'
import { backupOf } from './backup.ts'
import { followWishes } from './commands.ts'
import { chooseFolders, copyText, dragOut, openFile, reveal, trash } from './desktop.ts'
import type { DesktopSession } from './desktop-session.ts'
import { showLog } from './log.ts'
import { desktopAccounts } from './login.ts'
import { showMenu } from './menu.ts'
import { showPictureWindow } from './picture-window.ts'
import { desktopPlace } from './place/joining.ts'
import { chooseUpdates, followUpdates, installUpdate, lookForUpdate } from './updates.ts'

/** Only the page itself may ask: no frame in it, no other page. */
const isFromPage = ({ senderFrame }: IpcMainEvent) =>
  senderFrame?.parent === null && senderFrame.origin === pageOrigin

/**
 * Ends what a page has still running. Closing one's own end tells the other end only, hence the event by hand; that the
 * other end's closing is always told here cannot be relied on (electron#31457).
 */
const end = (port: MessagePortMain) => {
  port.close()
  port.emit('close')
}

/**
 * Answers the page's calls, on one port for each page, as the account that is in the window then. A reloaded page brings a new
 * one; the old one is closed.
 */
export const serveContract = (desktopSession: DesktopSession) => {
  const handler = new RPCHandler<Context>(router)
  const desktop: Desktop = {
    chooseFolders,
    reveal,
    openFile,
    copyText,
    dragOut,
    copies: {
      make: (caller, input, signal) => {
        const { copies, decoder, gallery } = desktopSession
        return copies.make({ ...caller, home: gallery.home, decoder }, input, signal)
      },
      pathsOf: (session, copies) => desktopSession.copies.pathsOf(session, copies),
    },
    trash,
    wishes: followWishes,
    showCommands: (shown) => showMenu(desktopSession, shown),
    setAppearance,
    showPicture: showPictureWindow,
    showLog,
    updates: { follow: followUpdates, choose: chooseUpdates, look: lookForUpdate, install: installUpdate },
    notify,
    showOutside,
    accounts: desktopAccounts(desktopSession),
    backup: backupOf(desktopSession),
    place: desktopPlace(desktopSession),
  }
  const ports = new WeakMap<WebContents, MessagePortMain>()
  ipcMain.on('rpc:port', (event) => {
    const [port] = event.ports
    if (!port || !isFromPage(event)) return
    const old = ports.get(event.sender)
    if (old) end(old)
    ports.set(event.sender, port)
    const { gallery, session, library, originals } = desktopSession
    const context: Context = { gallery, session, library, originals, desktop, shell: 'desktop' }
    handler.upgrade(port, { context })
    port.start()
  })
}
