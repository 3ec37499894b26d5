import { readFileSync } from 'node:fs'
import type { Parcel } from './port.ts'

export interface FromPage {
  /** Tells the documents apart that a page shows one after the other. */
  document: string
  kind: 'hello' | 'port' | 'message' | 'open' | 'failed'
  channel?: string
  port?: string
  parcel?: Parcel
  url?: string
  reason?: string
}

type Preload = (require: (name: string) => unknown, module: object, exports: object) => void

interface StandInWindow extends Window {
  toStandIn(message: FromPage): Promise<void>
  fromStandIn(port: string, parcel: Parcel | null): void
  /** Where dropped files lie, by name: a test says so, as Chromium does not tell. */
  pathsOfFiles?: Record<string, string>
}

/** Runs in the page: gives the preload its `electron`, and nothing else. */
const runPreload = (preload: Preload) => {
  if (window !== window.top || !location.hostname.endsWith('localhost')) return
  const self = window as unknown as StandInWindow
  const document = crypto.randomUUID()
  const ports = new Map<string, MessagePort>()
  const tell = (message: Omit<FromPage, 'document'>) => void self.toStandIn({ document, ...message })
  const pack = (data: string | ArrayBuffer | Uint8Array): Parcel =>
    typeof data === 'string'
      ? data
      : { bytes: btoa(Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join('')) }
  const unpack = (parcel: Parcel) =>
    typeof parcel === 'string'
      ? parcel
      : Uint8Array.from(atob(parcel.bytes), (letter) => letter.charCodeAt(0))

  self.fromStandIn = (id, parcel) => {
    const port = ports.get(id)
    if (parcel === null) port?.close()
    else port?.postMessage(unpack(parcel))
  }

  const postMessage = (channel: string, _message: unknown, transfer: MessagePort[] = []) => {
    for (const port of transfer) {
      const id = crypto.randomUUID()
      ports.set(id, port)
      tell({ kind: 'port', channel, port: id })
      port.onmessage = ({ data }: MessageEvent<string | ArrayBuffer | Uint8Array>) =>
        tell({ kind: 'message', port: id, parcel: pack(data) })
    }
  }

  const copy = (value: unknown): unknown => {
    if (typeof value === 'function')
      return (...args: unknown[]) => copy((value as (...all: unknown[]) => unknown)(...args))
    if (typeof value !== 'object' || value === null) return value
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)])))
  }

  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) =>
        Object.defineProperty(window, name, { value: copy(api), enumerable: true }),
    },
    ipcRenderer: { postMessage },
    webUtils: { getPathForFile: (file: File) => self.pathsOfFiles?.[file.name] ?? '' },
  }

  // Chromium would have begun to load what the window is for by the time that the app could refuse it.
  window.open = (url) => {
    tell({ kind: 'open', url: String(url) })
    return null
  }

  tell({ kind: 'hello' })
  try {
    const module = { exports: {} }
    preload(
      (name) => {
        if (name !== 'electron') throw new Error(`a sandboxed preload cannot require "${name}"`)
        return electron
      },
      module,
      module.exports,
    )
  } catch (error) {
    tell({ kind: 'failed', reason: String(error) })
  }
}

/** The script that runs a preload before a page's own. Text, as the page's policy would refuse to evaluate any. */
export const preloadScript = (file: string) =>
  `(${runPreload.toString()})(function (require, module, exports) {\n${readFileSync(file, 'utf8')}\n})`

/** Carries a parcel to one of the page's ports; runs in the page. */
export const deliver = ({ port, parcel }: { port: string; parcel: Parcel | null }) =>
  (window as unknown as Partial<StandInWindow>).fromStandIn?.(port, parcel)
