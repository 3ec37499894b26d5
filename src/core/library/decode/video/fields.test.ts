import { expect, test } from 'vitest'
import type { VideoFacts } from './facts.ts'
import { videoFields } from './fields.ts'

const facts = (
  tags: Record<string, string | Uint8Array> = {},
  more: Partial<VideoFacts> = {},
): VideoFacts => ({
  width: 1920,
  height: 1080,
  seconds: 12.3456,
  codecs: 'avc1.64001e, mp4a.40.2',
  created: Date.UTC(2024, 4, 6, 7, 8, 9),
  tags: new Map(Object.entries(tags)),
  ...more,
})

test('a date with its zone wins over the time of the container, which is UTC', () => {
  const { fields, taken } = videoFields(
    facts({ 'com.apple.quicktime.creationdate': '2024-05-06T09:08:09+0200' }, { created: 0 }),
  )
  expect([fields['taken'], taken?.time]).toEqual(['2024-05-06T09:08:09+02:00', Date.UTC(2024, 4, 6, 7, 8, 9)])
  expect(videoFields(facts()).fields['taken']).toBe('2024-05-06T07:08:09+00:00')
  expect(videoFields(facts({}, { created: null })).taken).toBeNull()
})

test('an AVI says by the clock of its camera when it was made', () => {
  const { fields } = videoFields(facts({ IDIT: 'Mon May  6 07:08:09 2024\n\0' }, { created: null }))
  expect(fields['taken']).toMatch(/^2024-05-06T07:08:09/)
})

test.each<[string, Record<string, string | Uint8Array>]>([
  ['ISO 6709 of Apple', { 'com.apple.quicktime.location.ISO6709': '+48.8566+002.3522+035.000/' }],
  ['ISO 6709 of QuickTime', { '©xyz': '+48.8566+002.3522+035.000/' }],
  [
    'the box of 3GPP',
    { loci: Buffer.from('0000000015c70000' + '00025a1a' + '0030db4a' + '00230000', 'hex') },
  ],
])('a place is read from %s', (_, tags) => {
  const { lat, lon, alt } = videoFields(facts(tags)).fields
  expect([Number(lat).toFixed(3), Number(lon).toFixed(3), alt]).toEqual(['48.857', '2.352', '35'])
})

test.each<[string, Record<string, string | Uint8Array>]>([
  ['no place on earth', { '©xyz': '+91.0+002.0/' }],
  ['the place of what does not know', { '©xyz': '+00.0000+000.0000/' }],
  ['a box that is cut off', { loci: Buffer.from([0, 0, 0, 0, 0x15, 0xc7, 0, 0, 1]) }],
  ['no numbers', { location: 'Paris' }],
])('%s is none', (_, tags) => {
  expect(videoFields(facts(tags)).fields).not.toHaveProperty('lat')
})

test('camera, duration and codecs are told; control characters are not', () => {
  const { fields } = videoFields(
    facts({ 'com.apple.quicktime.make': 'Apple\0', 'com.apple.quicktime.model': 'iPhone\u001b 15' }),
  )
  expect(fields).toMatchObject({ camera: 'Apple iPhone 15', duration: '12.346' })
  expect(videoFields(facts({}, { seconds: null, codecs: null })).fields).not.toHaveProperty('duration')
})
