import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom'
import { bareNamespace, elementsIn, isRdf, rdf } from '../decode/metadata/rdf.ts'
import { isBounded } from '../decode/metadata/xmp-limits.ts'

const xml = 'http://www.w3.org/XML/1998/namespace'

/** Namespaces with the prefixes that the XMP specification and the programs give them. */
const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  lr: 'http://ns.adobe.com/lightroom/1.0/',
  digiKam: 'http://www.digikam.org/ns/1.0/',
  MicrosoftPhoto: 'http://ns.microsoft.com/photo/1.0/',
  mediapro: 'http://ns.iview-mediapro.com/mediapro/1.0/',
  darktable: 'http://darktable.sf.net/',
  xmpDM: 'http://ns.adobe.com/xmp/1.0/DynamicMedia/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  aux: 'http://ns.adobe.com/exif/1.0/aux/',
} as const
export type Prefix = keyof typeof namespaces

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

/** What XML can hold: other characters are left out. @see XML 1.0, section 2.2 */
const writable = (text: string) =>
  text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')

/** One packet of XMP, and the properties in it. */
export class XmpPacket {
  readonly #document: Document
  readonly #descriptions: Element[]

  /** A packet as it is; without a text an empty one. Throws where the text is no XMP. */
  constructor(text: string | null) {
    this.#document = parse(text ?? empty)
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
    if (value !== undefined) made.appendChild(this.#document.createTextNode(writable(value)))
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
    this.#setList(prefix, name, 'Bag', values)
  }

  /** A list in its order. */
  setSeq(prefix: Prefix, name: string, values: readonly string[]) {
    this.#setList(prefix, name, 'Seq', values)
  }

  #setList(prefix: Prefix, name: string, kind: 'Bag' | 'Seq', values: readonly string[]) {
    this.remove(prefix, name)
    if (values.length === 0) return
    const list = this.#append(this.#add(prefix, name), rdf, 'rdf', kind)
    for (const value of values) this.#append(list, rdf, 'rdf', 'li', value)
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

  /** As it is written: UTF-8, whatever it was. */
  toString(): string {
    return new XMLSerializer()
      .serializeToString(this.#document)
      .replace(/^<\?xml[^?]*\?>/, '<?xml version="1.0" encoding="UTF-8"?>')
  }
}
