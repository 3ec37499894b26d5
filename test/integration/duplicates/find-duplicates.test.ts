import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { findDuplicates } from '../../../src/core/duplicates/find-duplicates.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A scene: a sky, a hill or two and a sun, elsewhere in each. */
const scene = (x: number, y: number, sky: string, hill: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="${sky}"/>
     <circle cx="${x}" cy="${y}" r="90" fill="white"/><path d="M0 400 L${x} ${400 - y / 2} L600 400" fill="${hill}"/></svg>`,
  )

const start = async () => {
  const { session, library } = await startLibrary()
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'Sea'))
  const [first, second, third] = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => join(folder, 'Sea', name)) as [
    string,
    string,
    string,
  ]
  await sharp(scene(120, 100, '#234', '#141'))
    .jpeg()
    .toFile(first)
  await sharp(scene(450, 250, '#a63', '#311'))
    .jpeg()
    .toFile(second)
  await sharp(scene(300, 60, '#9bd', '#385'))
    .jpeg()
    .toFile(third)
  copyFileSync(first, join(folder, 'copy of first.jpg'))
  await sharp(second).resize(300).webp({ quality: 60 }).toFile(join(folder, 'second, smaller.webp'))
  await takeIn(library, folder)
  const found = async (threshold: number | null) =>
    (await findDuplicates(session, { album: null, threshold })).groups.map(({ kind, photos }) => ({
      kind,
      titles: photos.map(({ title }) => title).toSorted(),
    }))
  return { session, found, names: ['a.jpg', 'b.jpg'] }
}

test('the same bytes in two folders are found, and a smaller picture in another format where looks count', async () => {
  const { found, names } = await start()
  const [first = '', second = ''] = names
  const same = { kind: 'same', titles: ['copy of first.jpg', first].toSorted() }
  expect(await found(null)).toEqual([same])
  const alike = await found(0.2)
  expect(alike).toHaveLength(2)
  expect(alike).toContainEqual({ kind: 'alike', titles: ['second, smaller.webp', second].toSorted() })
})

test('what was moved to the trash is no duplicate any more', async () => {
  const { session, found } = await start()
  const [group] = (await findDuplicates(session, { album: null, threshold: null })).groups
  const [, leaving] = group?.photos ?? []
  await change(session, [{ kind: 'trash', album: leaving?.album ?? '', photos: [leaving?.id ?? ''] }])
  expect(await found(null)).toEqual([])
})
