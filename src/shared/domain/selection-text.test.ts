import { expect, test } from 'vitest'
import type { ClientList } from '../schemas/selection.ts'
import { csvOf, searchText } from './selection-text.ts'

const list = (link: string, name: string, picks: ClientList['picks']): ClientList => ({
  ...{ link: `share~${link}`, label: 'Clients', name, note: '', done: null, most: 5, closed: false, picks },
})
const photos = [
  { id: 'Photo00001', name: 'IMG_1.CR3' },
  { id: 'Photo00002', name: 'IMG_2, the "best".jpg' },
]

test('file names are given once each and without endings, as a catalogue searches for them', () => {
  expect(searchText([...photos, { id: 'Photo00003', name: 'IMG_1.jpg' }])).toBe('IMG_1, IMG_2, the "best"')
})

test('lists are a table of photos and clients, in which no text breaks a cell or is a formula', () => {
  const lists = [
    list('Abcd1234', 'Anna', [{ photo: 'Photo00001', words: '=HYPERLINK("x")' }]),
    list('Efgh5678', '', [{ photo: 'Photo00002', words: 'a\nb' }]),
  ]
  expect(csvOf(lists, photos, { file: 'File', words: 'words' })).toBe(
    [
      'File,Anna,Anna: words,Clients,Clients: words\r\n',
      'IMG_1.CR3,x,"\'=HYPERLINK(""x"")",,\r\n',
      '"IMG_2, the ""best"".jpg",,,x,"a\nb"\r\n',
    ].join(''),
  )
})
