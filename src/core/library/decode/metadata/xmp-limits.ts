/** Elements, comments and the like of one packet, at most: a parser needs a thousandth of a second for about thirty. */
const maxMarkup = 60_000
/** Attributes of one packet, at most. */
const maxAttributes = 60_000
/** Elements within each other, at most: XMP itself needs about ten. */
const maxDepth = 64
/** Declarations of namespaces, at most: a parser copies those that hold for each element. */
const maxNamespaces = 1000

/** Lists without an end, which Photoshop has carried from picture to picture for years; nothing in them is read here. */
const endless = ['photoshop:DocumentAncestors', 'xmpMM:History', 'xmpMM:Pantry', 'xmpMM:Ingredients']

const without = (xml: string, name: string) => {
  const begin = xml.indexOf(`<${name}>`)
  const end = begin < 0 ? -1 : xml.indexOf(`</${name}>`, begin)
  return end < 0 ? xml : xml.slice(0, begin) + xml.slice(end + name.length + 3)
}

/** A packet without what only makes it long. */
export const shortened = (xml: string): string => endless.reduce(without, xml)

/** Whether a text occurs no more often than this. */
const isRare = (xml: string, text: string, most: number) => {
  let count = 0
  for (let at = xml.indexOf(text); at >= 0; at = xml.indexOf(text, at + text.length))
    if (++count > most) return false
  return true
}

const isShallow = (xml: string) => {
  let depth = 0
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    const next = xml.charAt(at + 1)
    const end = xml.indexOf('>', at)
    if (end < 0) return true
    if (next === '/') depth--
    else if (next !== '!' && next !== '?' && xml.charAt(end - 1) !== '/' && ++depth > maxDepth) return false
  }
  return true
}

/** Whether a packet can be parsed in about a second, whatever is in it: parsers take memory and time for each part. */
export const isBounded = (xml: string): boolean =>
  isRare(xml, '<', maxMarkup) &&
  isRare(xml, '=', maxAttributes) &&
  isRare(xml, 'xmlns', maxNamespaces) &&
  isShallow(xml)
