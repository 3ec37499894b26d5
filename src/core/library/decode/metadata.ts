import { liveId } from '../index/live-id.ts'
import type { Taken } from './capture-time.ts'
import { takenBy } from './metadata/dates.ts'
import { keywordsOf } from './metadata/keywords.ts'
import { placeOf } from './metadata/place.ts'
import { precedence } from './metadata/precedence.ts'
import { readTags } from './metadata/read-tags.ts'
import { readXmp } from './metadata/read-xmp.ts'
import { withSidecar, type TagSet } from './metadata/tag-set.ts'
import { decodePacket } from './metadata/text-encoding.ts'

/** What a file says of what users can enter too. Empty where it says nothing. */
export interface Said {
  title: string
  caption: string
  rating: string
  flag: string
  label: string
  /** As they are written there. */
  tags: string[]
}

/** Of a file that says nothing of the kind. */
export const nothingSaid: Said = { title: '', caption: '', rating: '', flag: '', label: '', tags: [] }

/** What a file tells of its photo. Nothing in it is trusted: what does not look right counts as absent. */
export interface Metadata {
  taken: Taken | null
  /** Fields of the photo's hash that are the file's alone (docs/data-model.md). */
  fields: Record<string, string>
  said: Said
  /** What it shares with the other file of a live photo (live-id.ts). */
  live?: string | undefined
}

/** `Canon` and `Canon EOS 20D` make `Canon EOS 20D`; `NIKON CORPORATION` and `NIKON D70` make `NIKON D70`. */
const cameraName = (make: string, model: string) => {
  if (make === '' || model === '') return model || make
  const brand = make.split(' ')[0] ?? make
  return model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${make} ${model}`
}

/** What the first of a field's tags says that says anything; empty where none does. */
const valueOf = (tags: TagSet, field: keyof typeof precedence): string => {
  for (const [name, parse] of precedence[field]) {
    const value = tags.get(name)
    const parsed = value === undefined ? undefined : parse(value)
    if (parsed !== undefined) return parsed
  }
  return ''
}

/** What is known of a photo by its tags. */
export const toMetadata = (tags: TagSet): Metadata => {
  const of = (field: keyof typeof precedence) => valueOf(tags, field)
  const taken = takenBy(tags)
  const fields = {
    taken: taken?.text ?? '',
    guessed: taken?.guessed ?? '',
    camera: cameraName(of('make'), of('model')),
    lens: of('lens'),
    aperture: of('aperture'),
    exposure: of('exposure'),
    iso: of('iso'),
    focal: of('focal'),
    orientation: of('orientation'),
    creator: of('creator'),
    copyright: of('copyright'),
    ...placeOf(tags),
  }
  return {
    taken,
    live: liveId(tags.get('MakerNotes:ContentIdentifier')),
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
    said: {
      title: of('title'),
      caption: of('caption'),
      rating: of('rating'),
      flag: of('flag'),
      label: of('label'),
      tags: keywordsOf(tags),
    },
  }
}

/**
 * Reads what a whole file says of its photo, and its sidecars, the more telling one last. Never throws.
 */
export const readMetadata = (bytes: Buffer, sidecars: Uint8Array[] = []): Metadata => {
  const own = readTags(bytes)
  const beside: TagSet = new Map()
  for (const sidecar of sidecars) readXmp(beside, decodePacket(sidecar))
  return toMetadata(withSidecar(own, beside))
}
