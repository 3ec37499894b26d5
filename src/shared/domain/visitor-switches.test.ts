import { expect, test } from 'vitest'
import { formatSwitches, givesAsItIs, leastShown, parseSwitches } from './visitor-switches.ts'

test('what was never chosen shows neither place, camera nor marks, and gives pictures of the size of a screen', () => {
  for (const kept of [undefined, null, '', 'words of another version'])
    expect(parseSwitches(kept)).toEqual({ place: false, camera: false, marks: false, download: 'preview' })
  expect(parseSwitches('')).toEqual(leastShown)
})

test('switches are read as they were kept, and an unknown word is none of them', () => {
  for (const place of [true, false])
    for (const marks of [true, false])
      for (const download of ['none', 'preview', 'original'] as const) {
        const switches = { place, camera: !place, marks, download }
        expect(parseSwitches(formatSwitches(switches))).toEqual(switches)
        expect(parseSwitches(`comments ${formatSwitches(switches)}`)).toEqual(switches)
      }
})

test('an original is given as it is only where nothing that stands in it is hidden', () => {
  const all = { place: true, camera: true, marks: false, download: 'original' as const }
  expect(givesAsItIs(all)).toBe(true)
  expect(givesAsItIs({ ...all, place: false })).toBe(false)
  expect(givesAsItIs({ ...all, camera: false })).toBe(false)
  expect(givesAsItIs({ ...all, download: 'preview' })).toBe(false)
})

test('with a watermark no original is given, whichever way that was said', () => {
  const marked = { ...leastShown, place: true, camera: true, download: 'original' as const, watermark: true }
  expect(formatSwitches(marked)).toBe('place camera watermark preview')
  expect(parseSwitches(formatSwitches(marked))).toEqual({ ...marked, download: 'preview' })
  expect(parseSwitches('place camera original watermark')).toEqual({ ...marked, download: 'preview' })
  expect(parseSwitches('watermark none')).toEqual({ ...leastShown, download: 'none', watermark: true })
  expect(givesAsItIs(marked)).toBe(false)
})

test('switches of before there were watermarks have none', () => {
  expect(parseSwitches('place camera listed original')).not.toHaveProperty('watermark')
})
