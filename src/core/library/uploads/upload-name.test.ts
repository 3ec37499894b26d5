import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCandidate } from '../decode/file-type.ts'
import { isJunk } from '../roots/ignore-rules.ts'
import { uploadFolders, uploadName } from './upload-name.ts'

test.each([
  ['IMG_1234.JPG', 'IMG_1234.JPG'],
  ['../../etc/passwd', 'passwd.jpg'],
  ['..\\..\\Windows\\win.ini.jpg', 'win.ini.jpg'],
  ['.bashrc', 'bashrc.jpg'],
  ['.hidden.jpg', 'hidden.jpg'],
  ['. .jpg', 'jpg.jpg'],
  ['CON.jpg', '_CON.jpg'],
  ['lpt1.tar.jpg', '_lpt1.tar.jpg'],
  ['a\u0000b\nc.jpg', 'abc.jpg'],
  ['photo\u202Egpj.exe', 'photogpj.exe.jpg'],
  ['<script>.jpg', '_script_.jpg'],
  ['C:x.jpg', 'C_x.jpg'],
  ['holiday. . .jpg', 'holiday.jpg'],
  ['', 'photo.jpg'],
  ['/', 'photo.jpg'],
  ['..', 'photo.jpg'],
  ['Cafe\u0301.jpg', 'Café.jpg'],
])('%j is called %j', (claimed, name) => {
  expect(uploadName(claimed, 'image/jpeg')).toBe(name)
})

test('what is no picture by its name gets the ending of its content', () => {
  expect(uploadName('image', 'image/heic')).toBe('image.heic')
  expect(uploadName('clip.bin', 'video/quicktime')).toBe('clip.bin.mov')
  expect(uploadName('DSC_1', 'image/x-nikon-nef')).toBe('DSC_1.nef')
})

test('whatever is claimed, the name is one file that a scan takes, within what file systems hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (claimed) => {
      const name = uploadName(claimed, 'image/jpeg')
      expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]|^\.|[. ]$/u)
      expect(isCandidate(name)).toBe(true)
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240)
      expect(uploadName(name, 'image/jpeg')).toBe(name)
    }),
  )
})

test.each([
  ['2024/Corsica', ['2024', 'Corsica']],
  ['../../etc', ['etc']],
  ['.git', ['git']],
  ['node_modules', ['_node_modules']],
  ['Summer.lrdata', ['_Summer.lrdata']],
  ['NUL', ['_NUL']],
  ['///', ['Photos']],
])('an album called %j has the folders %j', (title, folders) => {
  expect(uploadFolders(title)).toEqual(folders)
})

test('no title leads out of the folder of uploads, or to one that is passed over', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (title) => {
      for (const [at, part] of uploadFolders(title).entries()) {
        expect(part).not.toMatch(/^\.|[/\\]|^$/)
        expect(isJunk(part, uploadFolders(title)[at - 1])).toBe(false)
      }
    }),
  )
})
