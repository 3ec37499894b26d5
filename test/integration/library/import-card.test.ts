import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importCard, type CardGallery } from '../../../src/core/library/card/import-card.ts'
import type { CardOptions } from '../../../src/shared/schemas/card.ts'
import { throughSteps } from '../../../src/shared/domain/through-steps.ts'
import { usualPattern } from '../../../src/shared/domain/naming-pattern.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const digests = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [
        path.slice(folder.length + 1),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ] as const
    })
    .toSorted()

const contents = (folder: string) =>
  digests(folder)
    .map(([, digest]) => digest)
    .toSorted()

/** A card with photos in two folders, two of them of one name. */
const drawCard = async () => {
  const card = temporaryFolder()
  for (const folder of ['100CANON', '101CANON']) mkdirSync(join(card, 'DCIM', folder), { recursive: true })
  for (const [n, name] of ['100CANON/IMG_1.jpg', '100CANON/IMG_2.jpg', '101CANON/IMG_1.jpg'].entries())
    await drawPhoto(join(card, 'DCIM', name), { taken: '2026:05:31 07:08:09', hue: n * 40 })
  return card
}

const nothingKnown = { sizes: new Set<number>(), has: () => false, takenOf: () => Promise.resolve(null) }

const toEnd = async (options: CardOptions, gallery: CardGallery, signal = new AbortController().signal) => {
  return throughSteps(importCard(options, gallery, signal))
}

const run = (options: Partial<CardOptions> & { source: string; target: string }) =>
  toEnd({ pattern: usualPattern, ...options }, nothingKnown)

test('photos of a card are copied whole under the names of the pattern, with their dates, and the card is untouched', async () => {
  const card = await drawCard()
  const before = digests(card)
  const [target, backup] = [temporaryFolder(), temporaryFolder()]
  const result = await run({ source: card, target, backup, pattern: 'Trip/{name}' })
  expect(result).toMatchObject({ found: 3, skipped: 0, failed: [] })
  expect(digests(target).map(([path]) => path)).toEqual([
    'Trip/IMG_1 (2).jpg',
    'Trip/IMG_1.jpg',
    'Trip/IMG_2.jpg',
  ])
  expect(contents(target)).toEqual(contents(card))
  expect(digests(backup)).toEqual(digests(target))
  expect(digests(card)).toEqual(before)
  expect(statSync(join(target, 'Trip/IMG_2.jpg')).mtimeMs).toBeCloseTo(
    statSync(join(card, 'DCIM/100CANON/IMG_2.jpg')).mtimeMs,
    -1,
  )
})

test('what the gallery has is passed over by its content, whatever it is called there', async () => {
  const { library } = await startLibrary()
  const card = await drawCard()
  const folder = temporaryFolder()
  cpSync(join(card, 'DCIM/100CANON/IMG_2.jpg'), join(folder, 'renamed.jpg'))
  await takeIn(library, folder)
  const target = temporaryFolder()
  const result = await throughSteps(
    library.importCard({ source: card, target, pattern: usualPattern }, undefined),
  )
  await library.settled()
  expect((await library.find([join(target, '2026/2026-05-31/IMG_1.jpg')])).length).toBe(1)
  expect(result).toMatchObject({ found: 3, skipped: 1 })
  expect(digests(target).map(([path]) => path)).toEqual([
    '2026/2026-05-31/IMG_1 (2).jpg',
    '2026/2026-05-31/IMG_1.jpg',
  ])
})

test('pulled out at any moment, it leaves whole files alone and the next run brings the rest', async () => {
  const card = await drawCard()
  await fc.assert(
    fc.asyncProperty(fc.nat(12), async (after) => {
      const target = temporaryFolder()
      const stop = new AbortController()
      let steps = 0
      const pulled = new Proxy(nothingKnown, {
        get: (all, name) => {
          if (++steps > after) stop.abort(new Error('pulled out'))
          return all[name as keyof typeof all]
        },
      })
      const options = { source: card, target, pattern: usualPattern }
      await toEnd(options, pulled, stop.signal).catch((error: unknown) =>
        expect(String(error)).toContain('pulled out'),
      )
      const whole = new Set(contents(card))
      expect(contents(target).every((digest) => whole.has(digest))).toBe(true)
      await run({ source: card, target })
      expect(contents(target)).toEqual(contents(card))
    }),
    { numRuns: 13 },
  )
})

test('a second run copies nothing, and another file of the same name is kept beside', async () => {
  const card = await drawCard()
  const target = temporaryFolder()
  await run({ source: card, target, pattern: '{name}' })
  const before = digests(target)
  expect(await run({ source: card, target, pattern: '{name}' })).toMatchObject({ copied: 0, skipped: 3 })
  expect(digests(target)).toEqual(before)
})

test.each([
  ['a target on the card', (card: string) => ({ source: card, target: join(card, 'copies') }), 'INVALID'],
  ['a card that is not there', () => ({ source: '/nowhere/card', target: temporaryFolder() }), 'NOT_FOUND'],
  [
    'a pattern without a name',
    (card: string) => ({ source: card, target: temporaryFolder(), pattern: '{year}/' }),
    'INVALID',
  ],
])('%s is refused before anything is copied', async (_, optionsFor, code) => {
  const card = await drawCard()
  const before = digests(card)
  await expect(run(optionsFor(card))).rejects.toMatchObject({ code })
  expect(digests(card)).toEqual(before)
})

test('an unreadable file is told, and the others are copied', async () => {
  const card = await drawCard()
  writeFileSync(join(card, 'DCIM/100CANON/IMG_0.jpg'), 'x')
  truncateSync(join(card, 'DCIM/100CANON/IMG_0.jpg'), 0)
  const target = temporaryFolder()
  const failing = {
    ...nothingKnown,
    takenOf: (path: string) =>
      path.endsWith('IMG_0.jpg')
        ? Promise.reject(Object.assign(new Error('bad'), { code: 'EIO' }))
        : Promise.resolve(null),
  }
  const result = await toEnd({ source: card, target, pattern: '{name}' }, failing)
  expect(result.failed).toMatchObject([
    { path: join(card, 'DCIM/100CANON/IMG_0.jpg'), text: { id: 'fileFailed', blanks: { code: 'EIO' } } },
  ])
  expect(result.copied).toBe(3)
})
