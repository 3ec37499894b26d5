import { expect, test } from 'vitest'
import type { Root } from '../../shared/schemas/library.ts'
import { rootRows } from './root-rows.ts'

const root = (path: string, more: Partial<Root> = {}): Root => ({
  path,
  album: null,
  file: false,
  online: true,
  away: [],
  passed: [],
  sidecars: false,
  nameDates: false,
  uploads: null,
  watched: true,
  ...more,
})

test('single files of a folder stand in one row for each album, folders in one of their own', () => {
  const rows = rootRows([
    root('/photos'),
    root('/drop/a.jpg', { file: true, album: 'Sea' }),
    root('/drop/b.jpg', { file: true, album: 'Sea', online: false, watched: false }),
    root('/drop/c.jpg', { file: true, album: 'Snow' }),
    root('/drop'),
  ])
  expect(rows.map(({ folder, files, album }) => [folder, files, album])).toEqual([
    ['/photos', 0, null],
    ['/drop', 2, 'Sea'],
    ['/drop', 1, 'Snow'],
    ['/drop', 0, null],
  ])
  expect(rows[1]).toMatchObject({ paths: ['/drop/a.jpg', '/drop/b.jpg'], online: false, watched: true })
})

test('a file in the root of a disk, and paths of Windows, have a folder too', () => {
  expect(rootRows([root('/a.jpg', { file: true })])[0]?.folder).toBe('/')
  expect(rootRows([root(String.raw`C:\photos\a.jpg`, { file: true })])[0]?.folder).toBe(String.raw`C:\photos`)
})
