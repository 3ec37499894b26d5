import { describe, expect, it } from 'vitest'
import { blanksIn, type Catalogue } from '../i18n/catalogue.ts'
import accessEn from './en/access.json' with { type: 'json' }
import appEn from './en/app.json' with { type: 'json' }
import backupEn from './en/backup.json' with { type: 'json' }
import desktopEn from './en/desktop.json' with { type: 'json' }
import errorsEn from './en/errors.json' with { type: 'json' }
import mailEn from './en/mail.json' with { type: 'json' }
import organiseEn from './en/organise.json' with { type: 'json' }
import placeEn from './en/place.json' with { type: 'json' }
import passwordsEn from './en/passwords.json' with { type: 'json' }
import roomsEn from './en/rooms.json' with { type: 'json' }
import accessFr from './fr/access.json' with { type: 'json' }
import appFr from './fr/app.json' with { type: 'json' }
import backupFr from './fr/backup.json' with { type: 'json' }
import desktopFr from './fr/desktop.json' with { type: 'json' }
import errorsFr from './fr/errors.json' with { type: 'json' }
import mailFr from './fr/mail.json' with { type: 'json' }
import organiseFr from './fr/organise.json' with { type: 'json' }
import placeFr from './fr/place.json' with { type: 'json' }
import passwordsFr from './fr/passwords.json' with { type: 'json' }
import roomsFr from './fr/rooms.json' with { type: 'json' }

const catalogues: [string, Catalogue, Catalogue][] = [
  ['access', accessEn, accessFr],
  ['app', appEn, appFr],
  ['backup', backupEn, backupFr],
  ['desktop', desktopEn, desktopFr],
  ['errors', errorsEn, errorsFr],
  ['mail', mailEn, mailFr],
  ['organise', organiseEn, organiseFr],
  ['passwords', passwordsEn, passwordsFr],
  ['place', placeEn, placeFr],
  ['rooms', roomsEn, roomsFr],
]

const shape = (catalogue: Catalogue) =>
  Object.fromEntries(
    Object.entries(catalogue).map(([key, text]) => [
      key,
      { plural: typeof text !== 'string', blanks: blanksIn(text) },
    ]),
  )

const textsOf = (catalogue: Catalogue) =>
  Object.values(catalogue).flatMap((text) => (typeof text === 'string' ? [text] : [text.one, text.other]))

describe.each(catalogues)('the catalogue %s', (_, english, french) => {
  it('has the same texts with the same blanks in French as in English', () => {
    expect(shape(french)).toEqual(shape(english))
  })

  it('has no empty text', () => {
    expect([...textsOf(english), ...textsOf(french)].filter((text) => text.trim() === '')).toEqual([])
  })

  it('breaks no French line before a mark that a space precedes', () => {
    expect(textsOf(french).filter((text) => / [;:!?»]|« /.test(text))).toEqual([])
  })
})

it('no key stands in two catalogues of the page', () => {
  const keys = [accessEn, appEn, backupEn, organiseEn, passwordsEn, placeEn, roomsEn].flatMap((catalogue) =>
    Object.keys(catalogue),
  )
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
})
