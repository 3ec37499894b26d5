import { DOMParser, type Element } from '@xmldom/xmldom'
import { bareNamespace, elementsIn, isRdf, rdf } from './rdf.ts'
import { addTag, type TagSet, type TagValue } from './tag-set.ts'
import { isBounded, shortened } from './xmp-limits.ts'

/** Namespaces that are read, without their last slash, and the names that exiftool gives them. */
const namespaces: Record<string, string> = {
  'http://purl.org/dc/elements/1.1': 'dc',
  'http://ns.adobe.com/xap/1.0': 'xmp',
  'http://ns.adobe.com/photoshop/1.0': 'photoshop',
  'http://ns.adobe.com/tiff/1.0': 'tiff',
  'http://ns.adobe.com/exif/1.0': 'exif',
  'http://cipa.jp/exif/1.0': 'exifEX',
  'http://ns.adobe.com/exif/1.0/aux': 'aux',
  'http://ns.adobe.com/lightroom/1.0': 'lr',
  'http://ns.adobe.com/xmp/1.0/DynamicMedia': 'xmpDM',
  'http://www.digikam.org/ns/1.0': 'digiKam',
  'http://ns.microsoft.com/photo/1.0': 'microsoft',
  'http://ns.iview-mediapro.com/mediapro/1.0': 'mediapro',
  'http://darktable.sf.net': 'darktable',
}

/** Longer packets hold pictures and depth maps rather than what is read here, in characters. */
const maxPacket = 4_000_000
/** Properties of one packet that are looked at. */
const maxProperties = 5000

const groupOf = (node: { namespaceURI: string | null; prefix: string | null }) =>
  namespaces[bareNamespace(node.namespaceURI)]

const languageOf = (item: Element) => (item.getAttribute('xml:lang') ?? '').toLowerCase()

/** A property without parts: its text, or that of its `rdf:value` or `rdf:resource`. */
const textOf = (node: Element): string | undefined => {
  const parts = elementsIn(node)
  if (parts.length === 0) return (node.textContent || node.getAttributeNS(rdf, 'resource')) ?? undefined
  const value = parts
    .flatMap((part) => (isRdf(part, 'Description') ? elementsIn(part) : [part]))
    .find((part) => isRdf(part, 'value'))
  return value?.textContent ?? undefined
}

const valueOf = (node: Element): TagValue | undefined => {
  const list = elementsIn(node).find((part) => ['Bag', 'Seq', 'Alt'].some((name) => isRdf(part, name)))
  if (!list) return textOf(node)
  const items = elementsIn(list).filter((item) => isRdf(item, 'li'))
  if (list.localName === 'Alt') {
    const usual = items.find((item) => languageOf(item) === 'x-default') ?? items[0]
    return usual && textOf(usual)
  }
  return items.flatMap((item) => textOf(item) ?? [])
}

const parse = (xml: string) => {
  const begin = /<(?:[\w.-]+:)?(?:xmpmeta|xapmeta|RDF)[\s>]/.exec(xml)?.index
  if (begin === undefined) return null
  const packet = shortened(xml.slice(begin, xml.lastIndexOf('>') + 1))
  if (!isBounded(packet)) return null
  // What is no XML ends in an exception; what is merely odd is read.
  return new DOMParser({
    onError: (level, message) => {
      if (level === 'fatalError') throw new Error(message)
    },
  }).parseFromString(packet.replace(/<\?xpacket[^>]*>/g, ''), 'application/xml')
}

/** Reads an XMP packet, or a sidecar, into `tags`: `XMP-dc:Title`. Never throws; what is no XMP adds nothing. */
export const readXmp = (tags: TagSet, xml: string): void => {
  if (xml.length > maxPacket) return
  try {
    const root = parse(xml)?.documentElement
    if (!root) return
    const descriptions = [...root.getElementsByTagNameNS(rdf, 'Description')]
    let left = maxProperties
    const add = (node: Element['attributes'][number] | Element, value: () => TagValue | undefined) => {
      const group = groupOf(node)
      const name = node.localName ?? ''
      if (group === undefined || name === '' || (left -= 1) < 0) return
      addTag(tags, `XMP-${group}:${name.charAt(0).toUpperCase()}${name.slice(1)}`, value())
    }
    // Descriptions within properties are structures, whose parts are no properties of the photo.
    const outer = descriptions.filter(
      ({ parentNode }) => parentNode !== null && isRdf(parentNode as Element, 'RDF'),
    )
    for (const description of outer) {
      for (const attribute of description.attributes) add(attribute, () => attribute.value)
      for (const property of elementsIn(description)) add(property, () => valueOf(property))
    }
  } catch {
    // what stands before the damage may have been added, or nothing: the picture may be fine all the same
  }
}
