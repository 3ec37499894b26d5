import type { Element, Node } from '@xmldom/xmldom'

/** The namespace of RDF, in which XMP is written. */
export const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

/** A namespace without the sign at its end, in which programs differ. */
export const bareNamespace = (namespace: string | null): string => (namespace ?? '').replace(/[/#]+$/, '')

/** The elements right below a node. */
export const elementsIn = (node: Node): Element[] => {
  const found: Element[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.nodeType === 1) found.push(child as Element)
  return found
}

/** Whether an element is RDF's own, by its name. */
export const isRdf = (node: Element, name: string): boolean =>
  node.namespaceURI === rdf && node.localName === name
