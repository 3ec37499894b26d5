import { setImmediate as pause } from 'node:timers/promises'
import { inflateSync } from 'node:zlib'
import { readXmp } from '../decode/metadata/read-xmp.ts'
import { textsOf, type TagSet } from '../decode/metadata/tag-set.ts'
import type { ForeignDatabase } from './sqlite.ts'

const table = 'Adobe_AdditionalMetadata'
const packetRows = `SELECT image, xmp FROM ${table} WHERE xmp IS NOT NULL`

/** Of a packet that is unpacked, in bytes: masks of the development make some a few hundred thousand long. */
const maxPacketBytes = 4_000_000
/** Before what is packed stands how long it is unpacked, in bytes. */
const headBytes = 4
/** Packets that are read at a time, so that others are answered in between. */
const packetsAtOnce = 200

const unpacked = (xmp: unknown): string => {
  if (typeof xmp === 'string') return xmp
  if (!(xmp instanceof Uint8Array)) return ''
  try {
    const bytes = inflateSync(xmp.subarray(headBytes), { maxOutputLength: maxPacketBytes })
    return bytes.toString('utf8')
  } catch {
    return '' // a damaged one has no title
  }
}

/** The title alone is parsed: what was developed makes whole packets slow to read. */
const titleOf = (packet: string): string | undefined => {
  const begin = packet.indexOf('<dc:title>')
  const end = packet.indexOf('</dc:title>', begin)
  if (begin < 0 || end < 0) return undefined
  const tags: TagSet = new Map()
  readXmp(
    tags,
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">${packet.slice(begin, end)}</dc:title></rdf:Description></rdf:RDF>`,
  )
  return textsOf(tags.get('XMP-dc:Title'))[0]
}

/** Titles by their photos. No column of a catalogue has them: they stand in the packets that it keeps of each photo. */
export const lightroomTitles = async (
  database: ForeignDatabase,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> => {
  const titles = new Map<number, string>()
  if (!database.has(table)) return titles
  let n = 0
  for (const { image, xmp } of database.each(packetRows)) {
    const title = titleOf(unpacked(xmp))
    if (title !== undefined) titles.set(Number(image), title)
    if (++n % packetsAtOnce > 0) continue
    await pause()
    signal.throwIfAborted()
  }
  return titles
}
