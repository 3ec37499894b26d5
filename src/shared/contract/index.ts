import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { albums } from './albums.ts'
import { backup } from './backup.ts'
import { changes } from './changes.ts'
import { comments } from './comments.ts'
import { collections } from './collections.ts'
import { desktop } from './desktop.ts'
import { downloads } from './downloads.ts'
import { events } from './events.ts'
import { gallery } from './gallery.ts'
import { groups } from './groups.ts'
import { library } from './library.ts'
import { mail } from './mail.ts'
import { ways } from './ways.ts'
import { logins } from './logins.ts'
import { notices } from './notices.ts'
import { photos } from './photos.ts'
import { place } from './place.ts'
import { rights } from './rights.ts'
import { selections } from './selections.ts'
import { sessions } from './sessions.ts'
import { shares } from './shares.ts'
import { tags } from './tags.ts'
import { tokens } from './tokens.ts'
import { trash } from './trash.ts'
import { uploads } from './uploads.ts'

/** Everything that a window, a browser or the command line may ask of the gallery. */
export const contract = {
  gallery,
  albums,
  collections,
  photos,
  tags,
  comments,
  selections,
  notices,
  changes,
  trash,
  uploads,
  downloads,
  activity,
  library,
  events,
  desktop,
  accounts,
  groups,
  rights,
  sessions,
  shares,
  logins,
  ways,
  tokens,
  backup,
  place,
  mail,
}
