import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { filmIn } from './film-in-photo.ts'

/** The first box of an MP4, and some more. */
const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'), Buffer.alloc(76)])
const jpeg = (xmp = '') => Buffer.concat([Buffer.from(`\xff\xd8\xff\xe1${xmp}`, 'latin1'), Buffer.alloc(64)])
const item = (semantic: string, length: number, more = '') =>
  `<Container:Item Item:Mime="x" Item:Semantic="${semantic}" Item:Length="${length}"${more}/>`

const look = (...parts: Buffer[]) => {
  const bytes = Buffer.concat(parts)
  const folder = mkdtempSync(join(tmpdir(), 'cimaise-test-'))
  const file = join(folder, 'a.jpg')
  writeFileSync(file, bytes)
  const open = openSync(file, 'r')
  onTestFinished(() => {
    closeSync(open)
    rmSync(folder, { recursive: true })
  })
  const found = filmIn(open, bytes.length)
  return found && bytes.subarray(found.from, found.to)
}

const samsung = () => {
  const block = Buffer.concat([
    Buffer.from([0, 0, 0x30, 0x0a, 16, 0, 0, 0]),
    Buffer.from('MotionPhoto_Data'),
    film,
  ])
  const directory = Buffer.alloc(24)
  directory.write('SEFH')
  directory.writeUInt32LE(1, 8)
  directory.writeUInt32LE(block.length, 16)
  directory.writeUInt32LE(block.length, 20)
  const end = Buffer.from('\x18\0\0\0SEFT', 'latin1')
  return Buffer.concat([block, directory, end])
}

const box = (name: string, content: Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.length)
  head.write(name, 4)
  return Buffer.concat([head, content])
}
const heif = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic'))

test.each<[string, Buffer[]]>([
  ['a micro video', [jpeg(`GCamera:MicroVideoOffset="${film.length}"`), film]],
  ['a directory', [jpeg(item('Primary', 0, ' Item:Padding="8"') + item('MotionPhoto', film.length)), film]],
  ['the trailer of Samsung', [jpeg(), samsung()]],
  ['a box of a HEIF', [heif, box('mdat', Buffer.alloc(40)), box('mpvd', film)]],
])('the film of a motion photo is found by %s', (_, parts) => {
  expect(look(...parts)).toEqual(film)
})

test('a film before another item ends with it, as far as any player minds', () => {
  const xmp = item('MotionPhoto', film.length) + item('Depth', 10)
  expect(look(jpeg(xmp), film, Buffer.alloc(10))?.subarray(0, film.length)).toEqual(film)
})

test.each<[string, Buffer[]]>([
  ['says nothing of one', [jpeg(), film]],
  ['says where none is', [jpeg('MicroVideoOffset="20"'), film]],
  ['says that it is larger than its file', [jpeg('MicroVideoOffset="99999999999"'), film]],
  ['says no number', [jpeg('MicroVideoOffset="x"'), film]],
  ['has a trailer that points before its beginning', [jpeg(), Buffer.from('\xff\xff\0\0SEFT', 'latin1')]],
  ['is empty', [Buffer.alloc(0)]],
])('there is none in a photo that %s', (_, parts) => {
  expect(look(...parts)).toBeNull()
})
