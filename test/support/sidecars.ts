import { writeFileSync } from 'node:fs'

export interface Sidecar {
  title?: string
  rating?: number | string
  tags?: string[]
  /** More elements of the description. */
  more?: string
}

const element = (name: string, value: string | number | undefined) =>
  value === undefined ? '' : `<${name}>${value}</${name}>`

/** An XMP file as other programs write it. */
export const sidecarText = ({ title, rating, tags = [], more = '' }: Sidecar): string => `<?xpacket begin=""?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
${title === undefined ? '' : `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>`}
${element('xmp:Rating', rating)}
<dc:subject><rdf:Bag>${tags.map((tag) => `<rdf:li>${tag}</rdf:li>`).join('')}</rdf:Bag></dc:subject>
${more}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

export const writeSidecar = (path: string, sidecar: Sidecar): void =>
  writeFileSync(path, sidecarText(sidecar))
