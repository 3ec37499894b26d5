import type { FileHandle } from 'node:fs/promises'
import { JSONParser, type ParsedElementInfo } from '@streamparser/json'
import { z } from 'zod'
import { GalleryError } from '../../shared/errors.ts'
import { Head, lists, organisationFormat, type ListName, type Part } from './organisation.ts'

const chunkBytes = 256 * 1024
/** Bytes of the file between two entries: the largest entry is a thumbnail in base64, or the longest record. */
const maxEntryBytes = 8 * 1024 * 1024

export const unusable = (where: string, why: string, cause?: unknown) =>
  new GalleryError('INVALID', 'organisationUnusable', { where, why }, { cause })

const headNames = Object.keys(Head.shape)
const paths = [...headNames.map((name) => `$.${name}`), ...Object.keys(lists).map((name) => `$.${name}.*`)]

/** The first thing that a schema found, as one line. */
const problemOf = (error: z.ZodError) => {
  const [issue] = error.issues
  return `${(issue?.path ?? []).map(String).join('.')} ${issue?.message ?? ''}`.trim()
}

const toPart = (list: ListName, index: number, value: unknown): Part => {
  const found = lists[list].safeParse(value)
  if (!found.success) throw unusable(`${list}[${index}]`, problemOf(found.error), found.error)
  return { list, part: found.data } as Part
}

/** Collects what a parser finds until it is asked for. */
class Found {
  readonly head: Record<string, unknown> = {}
  readonly #parts: Part[] = []
  readonly #counts = new Map<ListName, number>()

  add = ({ value, key, stack }: ParsedElementInfo) => {
    const list = stack[1]?.key as ListName | undefined
    if (list === undefined) {
      this.head[String(key)] = value
      return
    }
    const index = this.#counts.get(list) ?? 0
    this.#counts.set(list, index + 1)
    this.#parts.push(toPart(list, index, value))
  }

  take = () => this.#parts.splice(0)
}

const readHead = (head: Record<string, unknown>): Head => {
  const format = z.object({ cimaise: z.literal('organisation'), format: z.number() }).safeParse(head).data
  if ((format?.format ?? 0) > organisationFormat) throw new GalleryError('UNSUPPORTED', 'organisationNewer')
  const found = Head.safeParse(head)
  if (!found.success) throw unusable('the beginning', problemOf(found.error), found.error)
  return found.data
}

/**
 * Reads an organisation file from its beginning to its end, without holding it in memory, and gives each entry to `take`.
 * Nothing in it is believed: each entry has its schema.
 *
 * @throws INVALID with what is wrong where, UNSUPPORTED for a file of a newer Cimaise
 */
export const readOrganisation = async (
  handle: FileHandle,
  take: (part: Part) => Promise<void> | void,
): Promise<Head> => {
  const parser = new JSONParser({ paths, keepStack: false })
  const found = new Found()
  let failure: unknown = null
  parser.onValue = found.add
  parser.onError = (error) => (failure ??= error)
  let quiet = 0
  for (let at = 0; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, at)
    if (bytesRead === 0) break
    at += bytesRead
    parser.write(buffer.subarray(0, bytesRead))
    if (failure) throw asUnusable(failure)
    const parts = found.take()
    quiet = parts.length > 0 ? 0 : quiet + bytesRead
    if (quiet > maxEntryBytes) throw unusable(`byte ${at}`, 'no entry is that long')
    for (const part of parts) await take(part)
  }
  if (!parser.isEnded) throw unusable('the end', 'the file is not whole')
  return readHead(found.head)
}

const asUnusable = (error: unknown) =>
  error instanceof GalleryError
    ? error
    : unusable('the text', error instanceof Error ? error.message : String(error), error)
