import { XmpPacket, type Prefix } from './xmp-packet.ts'

/** What is written into a packet; what is absent is left as it is there, and what is empty is taken out. */
export interface Entered {
  title?: string
  caption?: string
  /** Branches with `/` between their parts. */
  tags?: readonly string[]
  /** Stars, 0 to 5; -1 for a photo that is rejected. */
  rating?: number
  /** Whether it is a pick. */
  pick?: boolean
  label?: keyof typeof labels | ''
  creator?: string
  rights?: string
  /** When it was taken, ISO 8601. */
  date?: string
}

const partsOf = (tags: readonly string[]) => [...new Set(tags.flatMap((tag) => tag.split('/')))]

/** Where other programs keep branches too, and what they write between their parts: kept in step where they are there. */
const otherBranches: [prefix: Prefix, name: string, separator: string][] = [
  ['digiKam', 'TagsList', '/'],
  ['MicrosoftPhoto', 'LastKeywordXMP', '/'],
  ['mediapro', 'CatalogSets', '|'],
]

const setTags = (packet: XmpPacket, tags: readonly string[]) => {
  packet.setBag('dc', 'subject', partsOf(tags))
  const branches = (separator: string) => tags.map((tag) => tag.replaceAll('/', separator))
  packet.setBag('lr', 'hierarchicalSubject', branches('|'))
  for (const [prefix, name, separator] of otherBranches)
    if (packet.has(prefix, name)) packet.setBag(prefix, name, branches(separator))
}

/** The word of each label, and its numbers where digiKam and darktable keep it too. */
const labels = {
  red: { word: 'Red', digiKam: '1', darktable: '0' },
  yellow: { word: 'Yellow', digiKam: '3', darktable: '1' },
  green: { word: 'Green', digiKam: '4', darktable: '2' },
  blue: { word: 'Blue', digiKam: '5', darktable: '3' },
} as const

const setLabel = (packet: XmpPacket, name: keyof typeof labels | '') => {
  const label = name === '' ? null : labels[name]
  packet.set('xmp', 'Label', label?.word ?? '')
  if (packet.has('digiKam', 'ColorLabel')) packet.set('digiKam', 'ColorLabel', label?.digiKam ?? '')
  if (packet.has('darktable', 'colorlabels'))
    packet.setSeq('darktable', 'colorlabels', label ? [label.darktable] : [])
}

/** A pick, as digiKam and as Adobe's programs mark it; there is none that all share. Rejected is a rating. */
const setPick = (packet: XmpPacket, isPick: boolean) => {
  packet.set('digiKam', 'PickLabel', isPick ? '3' : '')
  packet.set('xmpDM', 'pick', isPick ? '1' : '')
}

/** Writes what was entered into a packet, in the properties that other programs read. */
export const setEntered = (packet: XmpPacket, entered: Entered): void => {
  const { title, caption, tags, rating, pick, label, creator, rights, date } = entered
  if (title !== undefined) packet.setUsual('dc', 'title', title)
  if (caption !== undefined) packet.setUsual('dc', 'description', caption)
  if (tags) setTags(packet, tags)
  if (rating !== undefined) packet.set('xmp', 'Rating', String(rating))
  if (pick !== undefined) setPick(packet, pick)
  if (label !== undefined) setLabel(packet, label)
  if (creator !== undefined) packet.setSeq('dc', 'creator', creator === '' ? [] : [creator])
  if (rights !== undefined) packet.setUsual('dc', 'rights', rights)
  if (date !== undefined) packet.set('photoshop', 'DateCreated', date)
}

/**
 * A sidecar with what users entered in it, and all else as it was. Throws where it is no XMP: it is somebody else's then, and
 * is not written over.
 *
 * @param text the sidecar as it is; null where there is none yet
 */
export const editXmp = (text: string | null, entered: Entered): string => {
  const packet = new XmpPacket(text)
  setEntered(packet, entered)
  return packet.toString()
}
