import { rm, stat, utimes } from 'node:fs/promises'
import { basename } from 'node:path'
import { nameByPattern, numbered } from '../../../shared/domain/naming-pattern.ts'
import { nameAs } from '../../../shared/domain/export-formats.ts'
import { parseAdjustment } from '../../../shared/domain/adjustments.ts'
import { parseRef } from '../../../shared/domain/refs.ts'
import { GalleryError, hasCode, isDiskFull, systemCode } from '../../../shared/errors.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import type { Conversion, ExportOptions } from '../../../shared/schemas/export.ts'
import type { PhotoDetails } from '../../../shared/schemas/photo.ts'
import type { Home } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import type { Original, Originals } from '../../photos/originals.ts'
import { showPhoto } from '../../photos/photos.ts'
import { CopyDiffers, digestOf, newPart, writePart } from '../card/copy-verified.ts'
import type { Decoder } from '../decode/pool.ts'
import { isVideo } from '../decode/video/video-type.ts'
import { enteredExif, exifOf, sidecarOf, xmpOf } from './export-metadata.ts'
import type { ExportTarget } from './export-target.ts'
import { isFirst } from '../index/first-digest.ts'

/** What an export works with. */
export interface ExportParts {
  /** Who exports: only photos that this session can read. */
  session: Session
  home: Home
  originals: Originals
  decoder: Pick<Decoder, 'exportFile' | 'workers'>
}

/** A RAW's preview stands for the RAW where it is that long, as a part of what is asked for. */
const enoughOfRaw = 0.9

/** Of an XMP packet in a JPEG, whose segments end there; libvips leaves longer ones out without a word. In bytes. */
const maxXmpInJpeg = 59_000

/** What was made of a photo, before it has its name. */
export type Made =
  | { kind: 'part'; part: string; wanted: string; digest: string; bytes: number; sidecar: string | null }
  | { kind: 'there'; path: string; sidecar: string | null }
  | { kind: 'elsewhere' }
  | { kind: 'failed'; path: string; text: Text }
  /** Nothing more can be written. */
  | { kind: 'ended'; error: unknown }

/** Why one photo could not be written. */
export const reasonOf = (error: unknown): Text => {
  if (error instanceof GalleryError) return error.text
  if (error instanceof CopyDiffers) return { id: 'copyDiffers' }
  return { id: 'fileFailed', blanks: { code: systemCode(error) ?? 'unknown' } }
}

/** Whether nothing more can be written, whatever the photo. */
export const endsAll = (error: unknown): boolean => isDiskFull(systemCode(error))

/** What ends an export as a whole: in our own words where the disk is full. */
export const endingOf = (error: unknown, folder: string): unknown => (endsAll(error) ? noRoom(folder) : error)

const noRoom = (folder: string) => new GalleryError('UNAVAILABLE', 'cardNoRoom', { folder })

/** The path that already has this content, of the names that a copy could get; null where none has. */
const findThere = async (wanted: string, size: number, digest: string, signal: AbortSignal) => {
  for (let n = 1; ; n++) {
    const path = numbered(wanted, n)
    const stats = await stat(path).catch(() => null)
    if (!stats) return null
    if (stats.isFile() && stats.size === size && (await digestOf(path, signal).catch(() => '')) === digest)
      return path
  }
}

/** What the copies of one export have in common. */
export interface CopyOrder {
  options: ExportOptions
  target: ExportTarget
  signal: AbortSignal
}

/** Makes copies beside the places that they are to have. */
export class CopyMaker {
  readonly #parts: ExportParts
  readonly #order: CopyOrder

  constructor(parts: ExportParts, order: CopyOrder) {
    this.#parts = parts
    this.#order = order
  }

  /** Makes the copy of a photo beside its place. Never throws. */
  async make(ref: string): Promise<Made> {
    const { album, id } = parseRef(ref)
    let original: Original | null = null
    try {
      this.#order.signal.throwIfAborted()
      original = await this.#parts.originals.open(this.#parts.session, album, id)
      const photo = await showPhoto(this.#parts.session, album, id)
      return await this.#makeOf(original, photo)
    } catch (error) {
      const wholly = hasCode(error, 'UNAVAILABLE') || hasCode(error, 'INVALID') || this.#order.signal.aborted
      if (wholly || endsAll(error))
        return { kind: 'ended', error: endingOf(error, this.#order.target.folder) }
      if (hasCode(error, 'NOT_FOUND')) return { kind: 'elsewhere' }
      return { kind: 'failed', path: original?.path ?? ref, text: reasonOf(error) }
    } finally {
      await original?.file.close()
    }
  }

  async #makeOf(original: Original, photo: PhotoDetails): Promise<Made> {
    const { pattern, convert, sidecars } = this.#order.options
    const fileName = basename(original.path)
    const video = isVideo(original.type)
    if (convert && video && convert.strip !== 'none')
      return { kind: 'failed', path: original.path, text: { id: 'filmNotStripped' } }
    const conversion = video ? undefined : convert
    const name = conversion ? nameAs(fileName, conversion.format) : fileName
    const taken = photo.takenAt ?? new Date(original.identity.mtimeMs).toISOString()
    const file = { name, taken: `${taken}${'0000-00-00'.slice(taken.length)}` }
    const wanted = await this.#order.target.place(nameByPattern(pattern, file))
    const sidecar = sidecars && !convert ? sidecarOf(photo, fileName) : null
    return conversion
      ? this.#convert(original, photo, { conversion, wanted })
      : this.#copy(original, { wanted, sidecar })
  }

  async #convert(
    original: Original,
    photo: PhotoDetails,
    { conversion, wanted }: { conversion: Conversion; wanted: string },
  ): Promise<Made> {
    const part = newPart(wanted)
    const { path, identity } = original
    const place = conversion.strip === 'none'
    const xmp = conversion.strip === 'all' ? null : xmpOf(photo, basename(path), { place })
    if (conversion.format === 'jpeg' && xmp !== null && Buffer.byteLength(xmp) > maxXmpInJpeg)
      return { kind: 'failed', path, text: { id: 'wordsTooLong' } }
    const whole = photo.adjusted ?? photo
    const longest = Math.max(whole.width, whole.height, 1)
    // Of a picture that is cropped as much more is needed.
    const size = ((conversion.size ?? longest) * longest) / Math.max(photo.width, photo.height, 1)
    const made = await this.#parts.decoder.exportFile(path, identity, {
      convert: conversion,
      part,
      mark: null,
      enough: enoughOfRaw * Math.min(size, longest),
      adjustment: parseAdjustment(photo.adjusted?.by),
      xmp,
      exif: exifOf(photo, { place }),
      entered: enteredExif(photo),
    })
    if (made.kind === 'made')
      return { kind: 'part', part, wanted, digest: made.digest, bytes: made.bytes, sidecar: null }
    await rm(part, { force: true })
    if (made.kind === 'failed') return { kind: 'failed', path, text: made.text }
    if (isDiskFull(made.code)) return { kind: 'ended', error: noRoom(this.#order.target.folder) }
    return { kind: 'failed', path, text: { id: 'fileFailed', blanks: { code: made.code } } }
  }

  async #copy(
    { file, path, identity, entry, unchanged }: Original,
    { wanted, sidecar }: { wanted: string; sidecar: string | null },
  ): Promise<Made> {
    if (this.#order.options.skip && unchanged) {
      const there = await findThere(wanted, identity.size, entry.digest, this.#order.signal)
      if (there !== null) return { kind: 'there', path: there, sidecar }
    }
    const part = newPart(wanted)
    try {
      const digest = await writePart(file, part, this.#order.signal)
      if (unchanged && digest !== entry.digest && !isFirst(entry.digest)) {
        await rm(part, { force: true })
        return { kind: 'failed', path, text: { id: 'originalDiffers' } }
      }
      await utimes(part, identity.mtimeMs / 1000, identity.mtimeMs / 1000)
      return { kind: 'part', part, wanted, digest, bytes: identity.size, sidecar }
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
  }
}
