import { expect, test } from 'vitest'
import { nameDate, withNameDate } from './name-date.ts'

for (const [name, date] of [
  ['IMG_20240506_070809.jpg', '2024-05-06T07:08:09'],
  ['20240506_070809123.jpg', '2024-05-06T07:08:09.123'],
  ['PXL_20240506_070809123.MP.jpg', '2024-05-06T07:08:09.123'],
  ['2024-05-06 07.08.09.png', '2024-05-06T07:08:09'],
  ['Screenshot_2024-05-06-07-08-09.png', '2024-05-06T07:08:09'],
  ['Screenshot 2024-05-06 at 07.08.09.png', '2024-05-06T07:08:09'],
  ['Capture d’écran 2024-05-06 à 07.08.09.png', '2024-05-06T07:08:09'],
  ['signal-2024-05-06-070809.jpg', '2024-05-06T07:08:09'],
  ['20240506T070809.jpg', '2024-05-06T07:08:09'],
  ['IMG-20240506-WA0001.jpg', '2024-05-06'],
  ['2024-05-06.jpg', '2024-05-06'],
  ['Corsica 2024_05_06 (3).jpg', '2024-05-06'],
  ['20240506_999999.jpg', '2024-05-06'],
])
  test(`${name} tells of ${date}`, () => {
    expect(nameDate(`/2001-01-01/${name}`)?.text).toBe(date)
  })

for (const name of [
  'IMG_1234.jpg',
  'DSC_20241399.jpg',
  '20240230.jpg',
  '120240506.jpg',
  '202405061.jpg',
  '2024-0506.jpg',
  '18990506.jpg',
  '2024.jpg',
])
  test(`${name} tells of none`, () => {
    expect(nameDate(`/2001-01-01/${name}`)).toBeNull()
  })

test('a date that is to come is none', () => {
  const now = Date.UTC(2024, 4, 5, 12)
  expect(nameDate('IMG_20240506_070809.jpg', now)).not.toBeNull()
  expect(nameDate('IMG_20240606_070809.jpg', now)).toBeNull()
})

test('what the file itself says stands over its name', () => {
  const name = '/a/IMG_20240506_070809.jpg'
  const told = { time: 5, fields: { taken: '1999-01-01' } }
  expect(withNameDate(told, name)).toBe(told)
  const fields: Record<string, string> = { camera: 'X' }
  const read = withNameDate({ time: 5, fields }, name)
  expect(read.fields).toMatchObject({ camera: 'X', taken: '2024-05-06T07:08:09', named: '1' })
  expect(read.time).toBe(Date.parse(`2024-05-06T07:08:09${read.fields['guessed'] ?? 'Z'}`))
})
