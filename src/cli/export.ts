import { resolve } from 'node:path'
import { findAlbum } from '../core/albums/albums.ts'
import type { Gallery } from '../core/gallery/gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import type { ExportFormat } from '../shared/domain/export-formats.ts'
import { throughSteps } from '../shared/domain/through-steps.ts'
import { GalleryError } from '../shared/errors.ts'
import { ExportOptions, type ExportProgress } from '../shared/schemas/export.ts'
import { withGallery } from './client.ts'
import { interruptible } from './interruptible.ts'
import { count, printable, type Output } from './output.ts'

/** The options of `export` as commander reads them. */
export interface ExportCommandOptions {
  to: string
  pattern: string
  all?: boolean
  format?: ExportFormat
  size?: number
  quality?: number
  keepColours?: boolean
  sharpen?: boolean
  strip?: string
  watermark?: string
  sidecars?: boolean
  again?: boolean
}

/** What only pictures have that are made of the originals. */
const ofPictures = ['size', 'quality', 'keepColours', 'sharpen', 'strip', 'watermark'] as const

const conversionOf = (options: ExportCommandOptions) => {
  const { format, size, quality, keepColours, sharpen, strip, watermark } = options
  if (format === undefined && ofPictures.some((name) => options[name] !== undefined))
    throw new GalleryError('INVALID', 'exportNeedsFormat')
  const colour = keepColours ? 'kept' : 'srgb'
  return format && { format, size, quality, colour, sharpen, strip, watermark }
}

const parse = (options: object): ExportOptions => {
  const parsed = ExportOptions.safeParse(options)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.map(String).join(' ') ?? ''
  throw new GalleryError('INVALID', 'exportOption', { where, why: issue?.message ?? '' })
}

/** How far it is, on terminals only. */
const show = ({ done, found }: ExportProgress) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done} of ${found}${done === found ? '\n' : ''}`)
}

/** Originals of this host, whoever follows its folders: administrators know of all. */
const originalsOf = async (session: Session, { home }: Gallery) => {
  const { allOriginals, originalsOf } = await import('../core/library/host-originals.ts')
  return session.identity.administrator
    ? allOriginals(session, home)
    : originalsOf(session, home, session.account)
}

const exportAll = (album: string | undefined, options: ExportCommandOptions) =>
  withGallery((gallery) =>
    interruptible(async (signal) => {
      const { createDecoder } = await import('../core/library/decode/pool.ts')
      const { exportPhotos } = await import('../core/library/export/export-photos.ts')
      const session = await gallery.self()
      const shown = album === undefined ? null : (await findAlbum(session, album)).id
      const wanted = parse({
        photos: { album: shown, sort: 'taken', descending: false },
        target: resolve(options.to),
        pattern: options.pattern,
        convert: conversionOf(options),
        sidecars: options.sidecars,
        skip: !options.again,
      })
      const originals = await originalsOf(session, gallery)
      const decoder = createDecoder()
      try {
        const steps = exportPhotos({ session, home: gallery.home, originals, decoder }, wanted, signal)
        return await throughSteps(steps, show)
      } finally {
        await decoder.close()
      }
    }),
  )

/** `export ALBUM|--all --to FOLDER`: copies photos into a folder. Returns the exit code. */
export const runExport = async (
  out: Output,
  album: string | undefined,
  options: ExportCommandOptions,
): Promise<number> => {
  const { found, exported, skipped, elsewhere, failed } = await exportAll(album, options)
  const failures = failed.map(({ path, reason }) => ({ path, reason }))
  out.answer({ found, exported, skipped, elsewhere, failed: failures }, () => [
    `${count(found, 'photo')}: ${exported} exported, ${skipped} there already, ${failures.length} failed.`,
    ...(elsewhere > 0
      ? [`${count(elsewhere, 'photo')} left out: this computer has no original of them.`]
      : []),
    ...failures.map(({ path, reason }) => `  ${printable(path)}: ${printable(reason)}`),
  ])
  return failures.length > 0 ? 1 : 0
}
