import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { editXmp } from './edit-xmp.ts'
import { writeSidecar } from './write-sidecar.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimaise-sidecar-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (name: string, text = name) => writeFileSync(join(folder, name), text)
const write = (name: string, at = Date.now() + 1000) =>
  writeSidecar(join(folder, name), { title: 'Ours' }, at)
const names = () => readdirSync(folder).sort()
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

test.each([
  ['a RAW', ['1.nef'], '1.nef', '1.xmp'],
  ['a JPEG', ['1.jpg'], '1.jpg', '1.jpg.xmp'],
  ['the RAW of a pair', ['1.jpg', '1.nef'], '1.nef', '1.nef.xmp'],
])('a new sidecar beside %s has the name that others look for', (_, photos, photo, expected) => {
  for (const name of photos) put(name)
  expect(write(photo)).toMatchObject({ kind: 'written' })
  expect(names()).toEqual([...photos, expected].sort())
  expect(read(photo)).toBe(photo)
})

test('the sidecar that is there is written, unless it belongs to other files too', () => {
  put('1.jpg')
  put('1.XMP', editXmp(null, { caption: 'kept' }))
  expect(write('1.jpg')).toMatchObject({ kind: 'written' })
  expect(names()).toEqual(['1.XMP', '1.jpg'])
  expect(read('1.XMP')).toMatch(/kept[^]*Ours/)
  put('1.nef')
  writeSidecar(join(folder, '1.jpg'), { title: 'Its own' }, Date.now() + 1000)
  expect(names()).toEqual(['1.XMP', '1.jpg', '1.jpg.xmp', '1.nef'])
  expect(read('1.XMP')).not.toContain('Its own')
})

test('what is there already is not written again', () => {
  put('1.jpg')
  write('1.jpg')
  const { mtimeMs, ino } = lstatSync(join(folder, '1.jpg.xmp'))
  expect(write('1.jpg')).toEqual({ kind: 'same' })
  expect(lstatSync(join(folder, '1.jpg.xmp'))).toMatchObject({ mtimeMs, ino })
})

test('of two values the later one stays', () => {
  put('1.jpg')
  put('1.jpg.xmp', editXmp(null, { title: 'Theirs' }))
  utimesSync(join(folder, '1.jpg.xmp'), 2000, 2000)
  expect(write('1.jpg', 1_999_000)).toMatchObject({ kind: 'newer', says: { title: 'Theirs' } })
  expect(read('1.jpg.xmp')).toContain('Theirs')
  expect(write('1.jpg', 2_001_000)).toMatchObject({ kind: 'written' })
  expect(read('1.jpg.xmp')).not.toContain('Theirs')
})

test('what is no XMP, or a link, is not written over', () => {
  put('1.jpg')
  put('1.jpg.xmp', 'notes')
  expect(write('1.jpg')).toEqual({ kind: 'foreign' })
  expect(read('1.jpg.xmp')).toBe('notes')
  put('2.jpg')
  put('elsewhere', editXmp(null, {}))
  symlinkSync(join(folder, 'elsewhere'), join(folder, '2.jpg.xmp'))
  expect(write('2.jpg')).toEqual({ kind: 'foreign' })
  expect(read('elsewhere')).not.toContain('Ours')
  expect(names()).toEqual(['1.jpg', '1.jpg.xmp', '2.jpg', '2.jpg.xmp', 'elsewhere'])
})

test('a folder that is gone is no error', () => {
  expect(writeSidecar(join(folder, 'away/1.jpg'), { title: 'Ours' }, 1)).toEqual({ kind: 'again' })
})
