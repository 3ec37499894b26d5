import { app, Menu } from 'electron'
import { appId } from '../shared/domain/app-id.ts'
import { words } from './i18n.ts'
import { addFolderSwitch } from './opening/opened.ts'

/** Gives the icon of the program its menu: in the Dock of macOS, among the tasks of Windows, which start the program again. */
export const showIconMenu = (addFolder: () => void): void => {
  const label = words().addFolder
  if (process.platform === 'darwin') app.dock?.setMenu(Menu.buildFromTemplate([{ label, click: addFolder }]))
  if (process.platform !== 'win32') return
  app.setAppUserModelId(appId)
  app.setUserTasks([
    {
      title: label,
      description: label,
      program: process.execPath,
      arguments: addFolderSwitch,
      iconPath: process.execPath,
      iconIndex: 0,
    },
  ])
}
