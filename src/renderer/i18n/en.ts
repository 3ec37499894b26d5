import type access from '../../shared/messages/en/access.json'
import app from '../../shared/messages/en/app.json' with { type: 'json' }
import type backup from '../../shared/messages/en/backup.json'
import organise from '../../shared/messages/en/organise.json' with { type: 'json' }
import type passwords from '../../shared/messages/en/passwords.json'
import type place from '../../shared/messages/en/place.json'
import type rooms from '../../shared/messages/en/rooms.json'

/** What the page says before any room is opened. */
export const first = { ...app, ...organise }

type LaterMessages = typeof rooms & typeof access & typeof backup & typeof place & typeof passwords

/** The texts of the page. Every other language has the same keys, or it does not compile. */
export type Messages = typeof first & LaterMessages
