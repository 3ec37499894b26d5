import { describe, expect, test } from 'vitest'
import { toTaken } from './capture-time.ts'

const nothing = { fraction: undefined, offset: undefined, gps: undefined }

describe('the time a photo was taken', () => {
  test('keeps the wall clock of the file, with the zone that the file gives', () => {
    expect(toTaken({ ...nothing, date: '2012:08:26 15:53:03', offset: '+02:00' })).toEqual({
      text: '2012-08-26T15:53:03+02:00',
      time: Date.parse('2012-08-26T13:53:03Z'),
    })
  })

  test.each([
    ['539', '.539'],
    ['02', '.020'],
    ['123456', '.123'],
    ['0  ', ''],
    ['x', ''],
  ])('has a fraction of the second from %j', (fraction, text) => {
    const taken = toTaken({ ...nothing, date: '2014:10:31 13:32:37', fraction, offset: '-05:30' })
    expect(taken?.text).toBe(`2014-10-31T13:32:37${text}-05:30`)
  })

  test.each([
    ['2014-10-31T11:32:40Z', '+02:00'],
    ['2014-10-31T07:47:30Z', '+05:45'],
    ['2014-11-01T00:32:37Z', '-11:00'],
  ])('takes the zone from the satellites where the file gives none (%s)', (gps, zone) => {
    expect(toTaken({ ...nothing, date: '2014:10:31 13:32:37', gps })?.text).toBe(`2014-10-31T13:32:37${zone}`)
  })

  test.each([['1999-01-01T00:00:00Z'], ['no time'], [undefined]])(
    'takes the zone of this machine on that day where the satellites make no sense (%s)',
    (gps) => {
      const here = new Date(2014, 6, 1, 13, 32, 37)
      expect(toTaken({ ...nothing, date: '2014:07:01 13:32:37', gps })?.time).toBe(here.getTime())
    },
  )

  test.each([
    ['2014-10-31T13:32:37.25+01:00', '2014-10-31T13:32:37.250+01:00'],
    ['2014-10-31T13:32Z', '2014-10-31T13:32:00+00:00'],
  ])('reads what XMP writes: %s', (date, text) => {
    expect(toTaken({ ...nothing, date })?.text).toBe(text)
  })

  test.each([
    '0000:00:00 00:00:00',
    '2014:13:01 10:00:00',
    '2014:02:30 10:00:00',
    '2014:01:01 24:00:00',
    '2014:01:01 10:61:00',
    '    :  :     :  :  ',
    '',
    'yesterday',
  ])('is absent where the date cannot be: %j', (date) => {
    expect(toTaken({ ...nothing, date })).toBeNull()
  })

  test('does not believe a zone farther than any on Earth', () => {
    const taken = toTaken({
      ...nothing,
      date: '2014:10:31 13:32:37',
      offset: '+27:00',
      gps: '2014-10-31T11:32:37Z',
    })
    expect(taken?.text).toBe('2014-10-31T13:32:37+02:00')
  })
})
