import { clipboard, dialog, nativeImage, shell, type FileFilter } from 'electron'
import { fromRedis } from '../core/redis/errors.ts'
import { GalleryError } from '../shared/errors.ts'
import type { CertificateKind } from '../shared/schemas/place.ts'
import { currentWindow, windowIcon } from './window.ts'
import { say, words } from './i18n.ts'

/** Asks for folders in the system's dialog; none when it was dismissed. */
export const chooseFolders = async (): Promise<string[]> => {
  const options = {
    title: words().addFolder,
    properties: ['openDirectory' as const, 'multiSelections' as const, 'createDirectory' as const],
  }
  const window = currentWindow()
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return filePaths
}

const backupFiles = (): FileFilter => ({ name: words().backupFiles, extensions: ['cimaise'] })

/** Asks where a backup is to go; null when the dialog was dismissed. */
export const chooseBackupPath = async (defaultPath: string): Promise<string | null> => {
  const options = { title: words().saveBackup, defaultPath, filters: [backupFiles()] }
  const window = currentWindow()
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options))
  return canceled || !filePath ? null : filePath
}

const chooseFile = async (title: string, filter: FileFilter): Promise<string | null> => {
  const everyFile = { name: words().allFiles, extensions: ['*'] }
  const options = { title, properties: ['openFile' as const], filters: [filter, everyFile] }
  const window = currentWindow()
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return filePaths[0] ?? null
}

/** Asks for a backup file; null when the dialog was dismissed. */
export const chooseBackup = (): Promise<string | null> => chooseFile(words().chooseBackup, backupFiles())

/** Asks for a certificate or its key; null when the dialog was dismissed. */
export const chooseCertificate = (kind: CertificateKind): Promise<string | null> => {
  const { chooseCa, chooseCert, chooseKey, certificateFiles } = words()
  const extensions = ['pem', 'crt', 'cer', 'key']
  return chooseFile({ ca: chooseCa, cert: chooseCert, key: chooseKey }[kind], {
    name: certificateFiles,
    extensions,
  })
}

/** Shows a file in the system's file manager. The router has made sure that it lies in a registered folder. */
export const reveal = (path: string): Promise<void> => {
  shell.showItemInFolder(path)
  return Promise.resolve()
}

/** Opens a file in the program that the system has for its kind. The router has made sure that it is a photo or video, in a registered folder. */
export const openFile = async (path: string): Promise<void> => {
  const refusal = await shell.openPath(path)
  if (refusal) throw new GalleryError('UNSUPPORTED', 'noProgram')
}

/** Puts text on the system's clipboard. */
export const copyText = (text: string): Promise<void> => clipboard.writeText(text)

/** Side of what is seen under the pointer while files are dragged, in pixels. */
const dragIconSize = 64

/** Drags files out of the window. The router has made sure that they lie in registered folders. */
export const dragOut = (files: string[]): void => {
  const [file] = files
  if (file === undefined) return
  const icon = nativeImage.createFromPath(windowIcon()).resize({ width: dragIconSize })
  currentWindow()?.webContents.startDrag({ file, files, icon })
}

/** Moves a file to the system's trash. The router has made sure that it lies in a registered folder. */
export const trash = (path: string): Promise<void> => shell.trashItem(path)

/** Tells the user what could not be done, and why. A bug is logged whole and named as one. */
export const showProblem = async (message: string, thrown: unknown): Promise<void> => {
  const error = fromRedis(thrown)
  const known = error instanceof GalleryError
  if (!known) console.error(error)
  const detail = say(known ? error.text : { id: 'internalError' })
  const options = { type: 'error' as const, message, detail }
  const window = currentWindow()
  await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
}
