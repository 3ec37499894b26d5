import access from '../../shared/messages/en/access.json' with { type: 'json' }
import app from '../../shared/messages/en/app.json' with { type: 'json' }
import backup from '../../shared/messages/en/backup.json' with { type: 'json' }
import organise from '../../shared/messages/en/organise.json' with { type: 'json' }
import place from '../../shared/messages/en/place.json' with { type: 'json' }
import passwords from '../../shared/messages/en/passwords.json' with { type: 'json' }

/** The texts of the page. Every other language has the same keys, or it does not compile. */
export const en = { ...app, ...organise, ...access, ...backup, ...place, ...passwords }

export type Messages = typeof en
