import access from '../../shared/messages/fr/access.json' with { type: 'json' }
import app from '../../shared/messages/fr/app.json' with { type: 'json' }
import backup from '../../shared/messages/fr/backup.json' with { type: 'json' }
import organise from '../../shared/messages/fr/organise.json' with { type: 'json' }
import errors from '../../shared/messages/fr/errors.json' with { type: 'json' }
import place from '../../shared/messages/fr/place.json' with { type: 'json' }
import passwords from '../../shared/messages/fr/passwords.json' with { type: 'json' }
import rooms from '../../shared/messages/fr/rooms.json' with { type: 'json' }
import type { Texts } from '../../shared/i18n/text.ts'
import type { Messages } from './en.ts'

export const messages: Messages = {
  ...app,
  ...organise,
  ...rooms,
  ...access,
  ...backup,
  ...place,
  ...passwords,
}

/** What Cimaise refuses and why. An English window shows the English that comes with it, and needs no such catalogue. */
export const texts: Texts = { ...errors, ...passwords }
