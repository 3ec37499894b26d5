import { request } from 'node:http'
import type { TestServer } from './server.ts'

const tus = { 'tus-resumable': '1.0.0' }

/** What is sent, and by whom. */
export interface Sending {
  server: Pick<TestServer, 'origin'>
  cookie: string
}

const encode = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')

/** Begins an upload as tus has it. Resolves to the answer of the server. */
export const beginUpload = (
  { server, cookie }: Sending,
  { size, ...metadata }: { album: string; name: string; size: number } & Record<string, string | number>,
): Promise<Response> =>
  fetch(`${server.origin}/upload`, {
    method: 'POST',
    headers: {
      ...tus,
      cookie,
      'upload-length': String(size),
      'upload-metadata': encode(metadata as Record<string, string>),
    },
  })

/** Sends bytes of an upload from an offset on. */
export const sendPart = (
  { server, cookie }: Sending,
  location: string,
  offset: number,
  bytes: Uint8Array,
): Promise<Response> =>
  fetch(`${server.origin}${location}`, {
    method: 'PATCH',
    headers: {
      ...tus,
      cookie,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  })

/** The same of a line that breaks after some of the bytes that were promised. */
export const sendAndBreak = (
  { server, cookie }: Sending,
  {
    location,
    offset,
    bytes,
    promised,
  }: { location: string; offset: number; bytes: Uint8Array; promised: number },
): Promise<void> =>
  new Promise((resolve) => {
    const sent = request(`${server.origin}${location}`, {
      method: 'PATCH',
      headers: {
        ...tus,
        cookie,
        'upload-offset': offset,
        'content-type': 'application/offset+octet-stream',
        'content-length': promised,
      },
    })
    sent.on('error', () => undefined)
    sent.on('close', () => resolve())
    sent.write(bytes, () => sent.destroy())
  })

/** How much of an upload the server has. */
export const offsetOf = async ({ server, cookie }: Sending, location: string): Promise<number> => {
  const response = await fetch(`${server.origin}${location}`, { method: 'HEAD', headers: { ...tus, cookie } })
  if (!response.ok) throw new Error(`HEAD was answered by ${response.status}`)
  return Number(response.headers.get('upload-offset'))
}

/** What became of an upload that was sent whole. */
export const outcomeOf = async ({ server, cookie }: Sending, location: string) => {
  const response = await fetch(`${server.origin}${location}`, { headers: { cookie } })
  return {
    status: response.status,
    ...((await response.json()) as { state?: string; text?: { id: string } }),
  }
}

/** Sends a whole file, and resolves to what became of it. */
export const sendFile = async (
  sending: Sending,
  {
    album,
    name,
    bytes,
    ...more
  }: { album: string; name: string; bytes: Uint8Array } & Record<string, unknown>,
) => {
  const begun = await beginUpload(sending, { album, name, size: bytes.length, ...(more as object) })
  const location = begun.headers.get('location')
  if (begun.status !== 201 || location === null)
    return { status: begun.status, ...((await begun.json()) as { state?: string; text?: { id: string } }) }
  const sent = await sendPart(sending, location, 0, bytes)
  if (sent.status !== 204)
    return { status: sent.status, ...((await sent.json()) as { state?: string; text?: { id: string } }) }
  return outcomeOf(sending, location)
}
