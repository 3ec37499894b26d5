import access from '../../shared/messages/fr/access.json' with { type: 'json' }
import app from '../../shared/messages/fr/app.json' with { type: 'json' }
import backup from '../../shared/messages/fr/backup.json' with { type: 'json' }
import organise from '../../shared/messages/fr/organise.json' with { type: 'json' }
import type { Messages } from './en.ts'

export const fr: Messages = { ...app, ...organise, ...access, ...backup }
