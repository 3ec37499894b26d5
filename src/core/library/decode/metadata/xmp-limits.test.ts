import { expect, test } from 'vitest'
import { readXmp } from './read-xmp.ts'
import type { TagSet } from './tag-set.ts'

const packet = (content: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">${content}</rdf:RDF></x:xmpmeta>`

const titled = (more: string) => packet(`<rdf:Description><dc:title>One</dc:title>${more}</rdf:Description>`)

const read = (xml: string) => {
  const tags: TagSet = new Map()
  readXmp(tags, xml)
  return tags.get('XMP-dc:Title')
}

test('a list without end that nothing is read of does not hide the rest', () => {
  const ancestors = '<rdf:li>xmp.did:0</rdf:li>'.repeat(100_000)
  expect(
    read(
      titled(`<photoshop:DocumentAncestors><rdf:Bag>${ancestors}</rdf:Bag></photoshop:DocumentAncestors>`),
    ),
  ).toBe('One')
})

test.each([
  ['a few elements', '<dc:a/>'.repeat(10), 'One'],
  ['more elements than a parser should be given', '<dc:a/>'.repeat(60_001), undefined],
  ['more attributes', `<dc:a ${'b="" '.repeat(60_001)}/>`, undefined],
  ['more namespaces', '<a xmlns="b"/>'.repeat(1001), undefined],
  ['elements in each other, deeper than XMP has them', '<a>'.repeat(70) + '</a>'.repeat(70), undefined],
  ['many beside each other', '<a></a>'.repeat(1000), 'One'],
])('%s', (_, more, expected) => {
  expect(read(titled(more))).toBe(expected)
})
