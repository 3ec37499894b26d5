import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../shared/contract/index.ts'
import { said } from '../i18n/index.ts'

/** The gallery as this window may speak to it. */
export type Client = ContractRouterClient<typeof contract>

/** A port to the main process: the preload script takes the other end from a message to this very window. */
const openPort = () => {
  const { port1, port2 } = new MessageChannel()
  window.postMessage('rpc:port', '/', [port1]) // `/` is this origin, also where the page has a scheme of its own
  port2.start()
  return port2
}

/** The contract over a port in the desktop app, over HTTP in a browser. */
export const connect = (): Client =>
  createORPCClient(
    window.desktop
      ? new PortLink({ port: openPort() })
      : new FetchLink({ url: new URL('rpc', document.baseURI).href }),
  )

/** What to tell the user of something that went wrong; null for what was broken off on purpose. */
export const messageOf = (error: unknown): string | null => {
  if (error instanceof DOMException && error.name === 'AbortError') return null
  return error instanceof ORPCError
    ? said((error.data as { text?: unknown } | undefined)?.text, error.message)
    : null
}

/** Whether the gallery refuses to show something, or no longer has it; otherwise it may come back. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ORPCError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')

/** Whether what was asked for does not fit what is there. */
export const isConflict = (error: unknown): boolean => error instanceof ORPCError && error.code === 'CONFLICT'

/*
 * Addresses are relative to the page, as a server may be below a path of a name that others share.
 */

/** A thumbnail's address is its name; the photo says which original a lost one can be made from again. */
export const thumbUrl = (name: string, { album, id }: { album: string; id: string }) =>
  `thumb/${name}?photo=${encodeURIComponent(album)}/${encodeURIComponent(id)}`
/** `film`: of a motion photo the film in it; `download`: the file itself, to be saved. */
export const originalUrl = (album: string, photo: string, { film = false, download = false } = {}) =>
  `original/${encodeURIComponent(album)}/${encodeURIComponent(photo)}${film ? '?film' : download ? '?download' : ''}`
