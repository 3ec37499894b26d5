import { spawn } from 'node:child_process'
import {
  constants,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { GalleryError } from '../../../shared/errors.ts'
import type { Check } from '../../../shared/schemas/gallery.ts'
import { addDamage, type Damage } from './damage.ts'
import { writeWhole } from './files.ts'

/*
 * The append-only file holds every change since it was last rewritten, one after another. A power cut may leave its end torn,
 * or filled with zeros or with what the disk held before: Redis then refuses to start, and names a tool that cuts the end off.
 * Here that is done with a copy kept, and said with numbers.
 */

/** What Redis says in its log where something else keeps it from starting. */
const otherReasons = /Address already in use|bind:|ACL errors|FATAL CONFIG FILE ERROR/

/** The end that a write left which was broken off is cut without a copy where there is no room for one: up to so many bytes. */
const maxTornBytes = 1024 * 1024

/** Bytes that a disk keeps free when the copy is made. */
const spareBytes = 4 * 1024 * 1024

interface Checked {
  size: number
  /** Bytes from the beginning that hold whole changes. */
  whole: number
}

/** Runs the checking tool. It is the server's own program under another name, so it is there where the server is. */
const runTool = async (program: string, tool: string, args: string[], answer: string): Promise<string> => {
  const family = basename(program).startsWith('valkey') ? 'valkey' : 'redis'
  const child = spawn(program, args, { argv0: `${family}-${tool}`, stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => undefined) // it may end without asking
  child.stdin.end(answer)
  return text(child.stdout)
}

const analysis = /size=(\d+), ok_up_to=(\d+),/

const check = async (program: string, file: string): Promise<Checked> => {
  const { size } = statSync(file)
  if (size === 0) return { size, whole: 0 } // the tool takes no empty file
  const found = analysis.exec(await runTool(program, 'check-aof', [file], ''))
  if (!found) throw new GalleryError('UNAVAILABLE', 'aofUnchecked', { file })
  return { size: Number(found[1]), whole: Number(found[2]) }
}

const cut = (program: string, file: string) => runTool(program, 'check-aof', ['--fix', file], 'y\n')

/** The files in the order in which they are read: a base, then the changes since. */
const readManifest = (folder: string) =>
  readFileSync(join(folder, 'appendonly.aof.manifest'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => ({
      line,
      name: /^file (\S+) /.exec(line)?.[1] ?? '',
      type: / type (\w)/.exec(line)?.[1] ?? '',
    }))

const bytesIn = (folder: string) =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)

/** Copies the files as they are, whole or not at all. Null where the disk has no room for that. */
const keepCopy = (folder: string, at: string): string | null => {
  const copy = `${folder}.damaged-${at.replaceAll(':', '-')}`
  const draft = `${copy}.part`
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytesIn(folder) + spareBytes) return null
  try {
    // Where the file system can, the copy shares its blocks with the original.
    cpSync(folder, draft, { recursive: true, preserveTimestamps: true, mode: constants.COPYFILE_FICLONE })
    renameSync(draft, copy)
    return copy
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return null
    throw error
  }
}

const number = (n: number) => n.toLocaleString('en')

const noRoom = (folder: string, lost: number) =>
  new GalleryError('UNAVAILABLE', 'aofNoRoom', {
    lost,
    folder,
    needed: bytesIn(folder) + spareBytes,
  })

/** Nothing is cut where the base itself is damaged: nearly everything would be gone. */
const lostBase = (folder: string) => new GalleryError('UNAVAILABLE', 'aofBaseLost', { folder })

/** Whether the base can be read; the tool tells only of all files together. */
const isBaseLost = async (program: string, folder: string) =>
  /not (?:valid|sane)|ERROR DETECTED/.test(
    await runTool(program, 'check-aof', [join(folder, 'appendonly.aof.manifest')], ''),
  )

/** Whether the append-only files of a server that does not run can be read, and what of them cannot. */
export const aboutAppendOnly = async (directory: string, program: string): Promise<Check> => {
  const what = 'Append-only file'
  const folder = join(directory, 'appendonlydir')
  if (!existsSync(join(folder, 'appendonly.aof.manifest')))
    return { what, state: 'ok', detail: 'there is none yet' }
  for (const { name, type } of readManifest(folder)) {
    if (!existsSync(join(folder, name)))
      return { what, state: 'problem', detail: `${join(folder, name)} is missing: restore a backup` }
    if (type !== 'i') continue
    const { size, whole } = await check(program, join(folder, name))
    if (size === whole) continue
    const detail = `the last ${number(size - whole)} of ${number(size)} bytes of ${join(folder, name)} cannot be read; the next start keeps a copy and cuts them off`
    return { what, state: 'problem', detail }
  }
  if (await isBaseLost(program, folder)) return { what, state: 'problem', detail: lostBase(folder).message }
  return {
    what,
    state: 'ok',
    detail: `${number(bytesIn(folder))} bytes in ${folder}; every change in them is whole`,
  }
}

/** What Redis said since an offset in its log; an empty text where it wrote nothing. */
export const logSince = (directory: string, offset: number): string => {
  try {
    return readFileSync(join(directory, 'redis.log')).subarray(offset).toString()
  } catch {
    return ''
  }
}

/**
 * Makes the append-only files of a server that did not start readable again: keeps a copy of them all, and cuts the damaged one
 * where its whole changes end. `log`: what the server said. Returns what was lost; null where the files are not what
 * keeps it from starting. Throws UNAVAILABLE, with what to do, where there is no room for the copy or nothing to be mended.
 */
export const mendAppendOnly = async (
  directory: string,
  program: string,
  log: string,
): Promise<Damage | null> => {
  const folder = join(directory, 'appendonlydir')
  if (otherReasons.test(log) || !existsSync(join(folder, 'appendonly.aof.manifest'))) return null
  const files = readManifest(folder)
  const at = new Date().toISOString()
  for (const [n, { name, type }] of files.entries()) {
    if (type !== 'i') continue
    const { size, whole } = await check(program, join(folder, name))
    if (size === whole) continue
    // What came after the damage, in later files, builds on what is lost.
    const later = files.slice(n + 1)
    const lost = size - whole + later.reduce((sum, file) => sum + statSync(join(folder, file.name)).size, 0)
    const torn = /Unexpected end of file/.test(log) && later.length === 0 && lost <= maxTornBytes
    const copy = keepCopy(folder, at)
    if (!copy && !torn) throw noRoom(folder, lost)
    await cut(program, join(folder, name))
    if (later.length > 0)
      writeWhole(
        folder,
        'appendonly.aof.manifest',
        files
          .slice(0, n + 1)
          .map(({ line }) => `${line}\n`)
          .join(''),
      )
    return addDamage(directory, { at, file: name, lost, kept: whole, copy })
  }
  if (await isBaseLost(program, folder)) throw lostBase(folder)
  return null
}
