import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { restoreBackup, type Restored } from '../core/backup/restore-backup.ts'
import { fileSink, streamSink } from '../core/backup/sink.ts'
import { takeBackup } from '../core/backup/take-backup.ts'
import { openHome } from '../core/gallery/local-settings.ts'
import type { BackupMade } from '../shared/schemas/backup.ts'
import { GalleryError } from '../shared/errors.ts'
import { withGallery } from './client.ts'
import { interruptible } from './interruptible.ts'
import { count, printable, type Output } from './output.ts'

/** Progress in percent, on terminals only. */
const createMeter = (verb: string, stream = process.stderr) => {
  let shown = -1
  const show = (done: number, total: number) => {
    const percent = total === 0 ? 0 : Math.floor((100 * done) / total)
    if (!stream.isTTY || percent === shown) return
    shown = percent
    stream.write(`\r${verb} ${percent} %`)
  }
  const clear = () => {
    if (shown >= 0) stream.write('\r\u001b[K')
  }
  return { show, clear }
}

const holds = ({ photos, albums, thumbnails }: Pick<BackupMade, 'photos' | 'albums' | 'thumbnails'>) =>
  `${count(photos, 'photo')} in ${count(albums, 'album')}, ${count(thumbnails, 'thumbnail')}`

const decimals = { maximumFractionDigits: 1 }
const size = (bytes: number) =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toLocaleString('en', decimals)} MB`

const madeWords = ({ file, bytes, ...rest }: BackupMade) => [
  `${file === null ? 'The backup' : printable(file)} is whole: ${holds(rest)}, ${size(bytes)}.`,
]

/** Standard output, which is then the backup and nothing else. */
const standardOutput = () => {
  if (process.stdout.isTTY) throw new GalleryError('INVALID', 'backupToTerminal')
  return streamSink(process.stdout)
}

/** `backup FILE`: writes a backup while everything runs; `-` writes it to standard output, and the answer beside it. */
export const runBackup = (out: Output, file: string): Promise<void> =>
  withGallery((gallery) =>
    interruptible(async (signal) => {
      const session = await gallery.self()
      const meter = createMeter('Backing up')
      const openSink = file === '-' ? () => Promise.resolve(standardOutput()) : () => fileSink(file)
      const made = await takeBackup(session, gallery.home, openSink, {
        onprogress: meter.show,
        signal,
      }).finally(meter.clear)
      const { bytes, photos, albums, thumbnails, keys } = made
      const answer = { file: made.file, bytes, photos, albums, thumbnails, keys }
      if (file !== '-') out.answer(answer, () => madeWords(made))
      else console.error(out.json ? JSON.stringify(answer) : madeWords(made).join('\n'))
    }),
  )

const restoredWords = (restored: Restored) => [
  `The backup of ${restored.created} is restored: ${holds(restored)}.`,
  `Everybody logs in as before. The gallery knows this computer as ${printable(restored.host)}; folders that are not here are shown as offline.`,
]

/** Where the backup is that comes by standard input: it is read twice, so it has to lie somewhere for that long. */
const fromInput = async <T>(work: (file: string) => Promise<T>): Promise<T> => {
  const file = join(openHome().path, `restore-${randomBytes(6).toString('hex')}.part`)
  try {
    await pipeline(process.stdin, createWriteStream(file, { flags: 'wx', mode: 0o600 }))
    return await work(file)
  } finally {
    rmSync(file, { force: true })
  }
}

const restoreFile = (out: Output, file: string): Promise<void> =>
  interruptible(async (signal) => {
    const meter = createMeter('Restoring')
    // The file is read twice: to check it, then to restore it.
    let pass = 0
    let last = 0
    const onprogress = (done: number, total: number) => {
      if (done < last) pass = 1
      last = done
      meter.show(pass * total + done, 2 * total)
    }
    const restored = await restoreBackup(file, { onprogress, signal }).finally(meter.clear)
    out.answer(restored, restoredWords)
  })

/** `restore FILE`: restores a backup where there is no gallery yet; `-` reads it from standard input. */
export const runRestore = (out: Output, file: string): Promise<void> =>
  file === '-' ? fromInput((spooled) => restoreFile(out, spooled)) : restoreFile(out, file)

/** Whether standard input begins as a backup does, packed by gzip; ids of photos are text. Nothing of it is lost. */
const isPackedInput = async (): Promise<boolean> => {
  const { stdin } = process
  if (stdin.isTTY) return false
  await new Promise<void>((resolve) => stdin.once('readable', resolve))
  const head = stdin.read(2) as Buffer | null
  if (head) stdin.unshift(head)
  return head?.[0] === 0x1f && head[1] === 0x8b
}

/**
 * `restore` takes photos from the trash, or a backup: one argument that is no photo's id but a file, or looks like one, or a
 * packed standard input.
 */
export const isBackup = async (args: string[]): Promise<boolean> => {
  const [only = ''] = args
  if (args.length !== 1 || /^([^/\s]+~[^/\s]+\/)?[0-9A-Za-z]{10}$/.test(only)) return false
  return only === '-' ? isPackedInput() : existsSync(only) || /[./\\]/.test(only)
}
