import access from '../../shared/messages/en/access.json' with { type: 'json' }
import backup from '../../shared/messages/en/backup.json' with { type: 'json' }
import passwords from '../../shared/messages/en/passwords.json' with { type: 'json' }
import place from '../../shared/messages/en/place.json' with { type: 'json' }
import rooms from '../../shared/messages/en/rooms.json' with { type: 'json' }
import { learn } from './index.ts'

/*
 * What rooms say that open later: half of all texts, which the first look at the photos does not wait for. Whatever loads a room
 * loads this before it. Another language comes whole, in one file.
 */
learn({ ...rooms, ...access, ...backup, ...place, ...passwords })
