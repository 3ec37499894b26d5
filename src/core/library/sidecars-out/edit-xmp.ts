import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom'
import { bareNamespace, elementsIn, isRdf, rdf } from '../decode/metadata/rdf.ts'
import { isBounded } from '../decode/metadata/xmp-limits.ts'

/** What is written into a sidecar; what is absent is left as it is there, and what is empty is taken out. */
export interface Entered {
  title?: string
  caption?: string
  /** Branches with `/` between their parts. */
  tags?: readonly string[]
  /** Stars, 0 to 5; -1 for a photo that is rejected. */
  rating?: number
  label?: 'red' | 'yellow' | 'green' | 'blue' | ''
}

const xml = 'http://www.w3.org/XML/1998/namespace'

/** Namespaces with the prefixes that the XMP specification and the programs give them. */
const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  lr: 'http://ns.adobe.com/lightroom/1.0/',
  digiKam: 'http://www.digikam.org/ns/1.0/',
  MicrosoftPhoto: 'http://ns.microsoft.com/photo/1.0/',
  mediapro: 'http://ns.iview-mediapro.com/mediapro/1.0/',
} as const
type Prefix = keyof typeof namespaces

const empty = `<?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="${rdf}">
  <rdf:Description rdf:about=""/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`

/** Programs differ in the slash at the end of a namespace. */
const isNamespace = (found: string | null, prefix: Prefix) =>
  bareNamespace(found) === bareNamespace(namespaces[prefix])

const parse = (text: string): Document => {
  if (!isBounded(text) || /<!DOCTYPE/i.test(text)) throw new Error('no XMP')
  return new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(message)
    },
  }).parseFromString(text, 'application/xml')
}

/** One packet, and the properties in it. */
class Packet {
  readonly #document: Document
  readonly #descriptions: Element[]

  /** Throws where the text is no XMP. */
  constructor(text: string) {
    this.#document = parse(text)
    const root = this.#document.getElementsByTagNameNS(rdf, 'RDF')[0]
    if (!root) throw new Error('no XMP')
    this.#descriptions = elementsIn(root).filter((node) => isRdf(node, 'Description'))
    if (this.#descriptions.length === 0) {
      const made = this.#document.createElementNS(rdf, `${root.prefix ? `${root.prefix}:` : ''}Description`)
      made.setAttributeNS(rdf, `${root.prefix ? `${root.prefix}:` : ''}about`, '')
      root.appendChild(made)
      this.#descriptions.push(made)
    }
  }

  #elements(prefix: Prefix, name: string): Element[] {
    return this.#descriptions
      .flatMap(elementsIn)
      .filter((node) => node.localName === name && isNamespace(node.namespaceURI, prefix))
  }

  #attributes(prefix: Prefix, name: string) {
    return this.#descriptions.flatMap((description) =>
      [...description.attributes]
        .filter((one) => one.localName === name && isNamespace(one.namespaceURI, prefix))
        .map((attribute) => ({ description, attribute })),
    )
  }

  has(prefix: Prefix, name: string): boolean {
    return this.#elements(prefix, name).length > 0 || this.#attributes(prefix, name).length > 0
  }

  remove(prefix: Prefix, name: string) {
    for (const { description, attribute } of this.#attributes(prefix, name))
      description.removeAttributeNode(attribute)
    for (const node of this.#elements(prefix, name)) node.parentNode?.removeChild(node)
  }

  #append(parent: Element, namespace: string, prefix: string, name: string, value?: string): Element {
    const made = this.#document.createElementNS(namespace, `${prefix}:${name}`)
    if (value !== undefined) made.appendChild(this.#document.createTextNode(value))
    parent.appendChild(made)
    return made
  }

  #add(prefix: Prefix, name: string, value?: string): Element {
    const [description] = this.#descriptions
    if (!description) throw new Error('no XMP')
    return this.#append(description, namespaces[prefix], prefix, name, value)
  }

  /** A property of one value. */
  set(prefix: Prefix, name: string, value: string) {
    this.remove(prefix, name)
    if (value !== '') this.#add(prefix, name, value)
  }

  /** A list, whose order tells nothing. */
  setBag(prefix: Prefix, name: string, values: readonly string[]) {
    this.remove(prefix, name)
    if (values.length === 0) return
    const bag = this.#append(this.#add(prefix, name), rdf, 'rdf', 'Bag')
    for (const value of values) this.#append(bag, rdf, 'rdf', 'li', value)
  }

  /** A text in several languages, of which the usual one is set; the others stay. */
  setUsual(prefix: Prefix, name: string, value: string) {
    const others = this.#elements(prefix, name)
      .flatMap(elementsIn)
      .filter((node) => isRdf(node, 'Alt'))
      .flatMap(elementsIn)
      .filter((item) => !/^(x-default)?$/i.test(item.getAttributeNS(xml, 'lang') ?? ''))
      .map((item) => item.cloneNode(true))
    this.remove(prefix, name)
    if (value === '') return
    const alt = this.#append(this.#add(prefix, name), rdf, 'rdf', 'Alt')
    this.#append(alt, rdf, 'rdf', 'li', value).setAttributeNS(xml, 'xml:lang', 'x-default')
    for (const other of others) alt.appendChild(other)
  }

  toString(): string {
    return new XMLSerializer().serializeToString(this.#document)
  }
}

const partsOf = (tags: readonly string[]) => [...new Set(tags.flatMap((tag) => tag.split('/')))]

/** Where other programs keep branches too, and what they write between their parts: kept in step where they are there. */
const otherBranches: [prefix: Prefix, name: string, separator: string][] = [
  ['digiKam', 'TagsList', '/'],
  ['MicrosoftPhoto', 'LastKeywordXMP', '/'],
  ['mediapro', 'CatalogSets', '|'],
]

const setTags = (packet: Packet, tags: readonly string[]) => {
  packet.setBag('dc', 'subject', partsOf(tags))
  const branches = (separator: string) => tags.map((tag) => tag.replaceAll('/', separator))
  packet.setBag('lr', 'hierarchicalSubject', branches('|'))
  for (const [prefix, name, separator] of otherBranches)
    if (packet.has(prefix, name)) packet.setBag(prefix, name, branches(separator))
}

const labelWords = { red: 'Red', yellow: 'Yellow', green: 'Green', blue: 'Blue', '': '' } as const

/**
 * A sidecar with what users entered in it, and all else as it was. Throws where it is no XMP: it is somebody else's then, and
 * is not written over.
 *
 * @param text the sidecar as it is; null where there is none yet
 */
export const editXmp = (text: string | null, { title, caption, tags, rating, label }: Entered): string => {
  const packet = new Packet(text ?? empty)
  if (title !== undefined) packet.setUsual('dc', 'title', title)
  if (caption !== undefined) packet.setUsual('dc', 'description', caption)
  if (tags) setTags(packet, tags)
  if (rating !== undefined) packet.set('xmp', 'Rating', String(rating))
  if (label !== undefined) packet.set('xmp', 'Label', labelWords[label])
  // What is written is UTF-8, whatever it was.
  return packet.toString().replace(/^<\?xml[^?]*\?>/, '<?xml version="1.0" encoding="UTF-8"?>')
}
