import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readMetadata } from '../decode/metadata.ts'
import { editXmp, type Entered } from './edit-xmp.ts'

const said = (xml: string) => readMetadata(Buffer.alloc(0), [Buffer.from(xml)]).said

const all: Entered = {
  title: 'A & B <c>',
  caption: 'one\ntwo “é”',
  tags: ['Birds/Heron', 'sea', 'Birds'],
  rating: 3,
  label: 'green',
}

const theirs = `<?xml version="1.0" encoding="UTF-8"?>
<?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<!-- kept -->
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:darktable="http://darktable.sf.net/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:digiKam="http://www.digikam.org/ns/1.0/" xmp:Rating="1" darktable:xmp_version="5" darktable:raw_params="0">
 <darktable:history><rdf:Seq><rdf:li darktable:num="0" darktable:operation="exposure" darktable:params="a&amp;b"/></rdf:Seq></darktable:history>
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">old</rdf:li><rdf:li xml:lang="fr">vieux</rdf:li></rdf:Alt></dc:title>
 <digiKam:TagsList><rdf:Seq><rdf:li>gone/away</rdf:li></rdf:Seq></digiKam:TagsList>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:Label>Red</xmp:Label></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`

test('a new sidecar tells what was entered', () => {
  expect(said(editXmp(null, all))).toEqual({
    ...{ title: 'A & B <c>', caption: 'one\ntwo “é”', rating: '3', flag: '', label: 'green' },
    tags: ['Birds/Heron', 'sea'],
  })
})

test('what other programs put there stays', () => {
  const edited = editXmp(theirs, { title: 'new', rating: -1, tags: ['sea'] })
  for (const kept of [
    '<!-- kept -->',
    'params="a&amp;b"',
    'vieux',
    'x:xmptk',
    'raw_params="0"',
    'Red',
    'end="w"',
  ])
    expect(edited).toContain(kept)
  expect(said(edited)).toEqual({
    ...{ title: 'new', caption: '', rating: '', flag: 'reject', label: 'red', tags: ['sea'] },
  })
})

test('what was taken out is gone wherever it stood', () => {
  const edited = editXmp(theirs, { title: '', label: '', tags: [], rating: 0 })
  expect(said(edited)).toEqual({ title: '', caption: '', rating: '', flag: '', label: '', tags: [] })
})

test("a label is kept in step in digiKam's and darktable's own fields, and put into none", () => {
  const own = theirs.replace(
    '<digiKam:TagsList>',
    '<digiKam:ColorLabel>5</digiKam:ColorLabel><darktable:colorlabels><rdf:Seq><rdf:li>3</rdf:li></rdf:Seq></darktable:colorlabels>$&',
  )
  expect(said(own.replace('<xmp:Label>Red</xmp:Label>', '')).label).toBe('blue')
  const green = editXmp(own, { label: 'green' })
  expect(green).toContain('ColorLabel>4<')
  expect(green).toMatch(/colorlabels><rdf:Seq><rdf:li>2</)
  const none = editXmp(own, { label: '' })
  expect(none).not.toMatch(/ColorLabel|colorlabels/)
  expect(said(none).label).toBe('')
  expect(editXmp(theirs, { label: 'blue' })).not.toMatch(/ColorLabel|colorlabels/)
})

test('a pick is told to digiKam and to Adobe, and taken back', () => {
  const picked = editXmp(null, { rating: 2, pick: true })
  expect(said(picked)).toMatchObject({ rating: '2', flag: 'pick' })
  expect(picked).toMatch(/PickLabel[^>]*>3</)
  expect(said(editXmp(picked, { rating: -1, pick: false }))).toMatchObject({ rating: '', flag: 'reject' })
  expect(editXmp(picked, { rating: 2, pick: false })).not.toMatch(/pick/i)
})

test('what XML cannot hold is left out', () => {
  expect(said(editXmp(null, { title: 'a\u0001b\ud800c' })).title).toBe('ab\ufffdc')
})

test('written twice it is the same', () => {
  const once = editXmp(theirs, all)
  expect(editXmp(once, all)).toBe(once)
})

test.each(['', 'no XML', '<a/>', '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF', `<!DOCTYPE a>${theirs}`])(
  'what is no XMP is not written over: %j',
  (text) => {
    expect(() => editXmp(text, all)).toThrow()
  },
)

test('any text comes back as it was entered', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
    .filter((value) => /^[^\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]+$/u.test(value) && value.trim() === value)
  fc.assert(
    fc.property(text, (title) => {
      expect(said(editXmp(theirs, { title })).title).toBe(title.normalize('NFC').trim())
    }),
  )
})

const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0

describe.skipIf(!hasExiftool)('round trips through exiftool (skipped where it is not installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cimaise-xmp-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'a.xmp')
  const read = (xml: string) => {
    writeFileSync(file, xml)
    const args = ['-j', '-struct', '-G1', '-a', '-n', '-XMP:all', file]
    const [tags] = JSON.parse(execFileSync('exiftool', args).toString()) as Record<string, unknown>[]
    return tags ?? {}
  }

  test('exiftool reads what was entered, and all that was there before', () => {
    const before = read(theirs)
    const after = read(editXmp(theirs, all))
    expect(after).toMatchObject({
      ...{ 'XMP-dc:Title': 'A & B <c>', 'XMP-dc:Title-fr': 'vieux', 'XMP-dc:Description': all.caption },
      ...{ 'XMP-xmp:Rating': 3, 'XMP-xmp:Label': 'Green', 'XMP-dc:Subject': ['Birds', 'Heron', 'sea'] },
      'XMP-lr:HierarchicalSubject': ['Birds|Heron', 'sea', 'Birds'],
      'XMP-digiKam:TagsList': ['Birds/Heron', 'sea', 'Birds'],
    })
    const kept = (tags: Record<string, unknown>) =>
      Object.entries(tags).filter(
        ([name]) => !/Title$|Description|Rating|Label|Subject|TagsList|Source/.test(name),
      )
    expect(kept(after)).toEqual(kept(before))
  })

  test('what exiftool changes in a sidecar of ours is read, and the rest stays', () => {
    writeFileSync(file, editXmp(theirs, all))
    execFileSync('exiftool', ['-q', '-overwrite_original', '-XMP-dc:Title=theirs', '-XMP-xmp:Rating=5', file])
    expect(said(readFileSync(file, 'utf8'))).toMatchObject({ title: 'theirs', rating: '5', label: 'green' })
  })
})
