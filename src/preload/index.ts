/** The one door between the page and the desktop: it forwards the contract's port and tells the path of a dropped file. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'

// A port cannot cross the context bridge; a message to one's own window carries it.
window.addEventListener('message', ({ source, data, ports: [port] }) => {
  if (source === window && data === 'rpc:port' && port) ipcRenderer.postMessage('rpc:port', null, [port])
})

contextBridge.exposeInMainWorld('desktop', { pathForFile: (file: File) => webUtils.getPathForFile(file) })
