import { z } from 'zod'
import { AlbumId, PhotoId, ShareName } from '../schemas/ids.ts'
import { Client, ClientList, OwnList, PickWords, VisitorName } from '../schemas/selection.ts'
import { base, refusing } from './base.ts'

/** What was chosen by the link by which the caller came; null where it asks for nothing. Visitors of a share link. */
const own = base.output(OwnList.nullable())

/**
 * Chooses a photo, or says otherwise of one that is chosen. CONFLICT where as many are chosen as may be, or the list is done. Visitors of a
 * link that asks for it.
 */
const pick = refusing('NOT_FOUND', 'CONFLICT')
  .input(z.object({ photo: PhotoId, words: PickWords.optional() }))
  .output(OwnList)

/** Takes a photo out of what is chosen. CONFLICT where the list is done. Visitors of a link that asks for it. */
const unpick = refusing('NOT_FOUND', 'CONFLICT')
  .input(z.object({ photo: PhotoId }))
  .output(OwnList)

/** Says who chooses, something of the whole, or that it is done, or not yet. Visitors of a link that asks for it. */
const say = refusing('NOT_FOUND', 'CONFLICT')
  .input(z.object({ name: VisitorName.optional(), note: PickWords.optional(), done: z.boolean().optional() }))
  .output(OwnList)

/** What was chosen by each link to an album, the first link first. Accounts that may read the album. */
const list = base.input(z.object({ album: AlbumId })).output(z.array(ClientList))

/** Who has chosen photos, of the albums that the caller may read. Accounts. */
const clients = base.output(z.array(Client))

/** Removes the list of a link that is closed or has ended. NOT_FOUND where there is none, CONFLICT where it is open. Administrators. */
const remove = refusing('NOT_FOUND', 'CONFLICT').input(z.object({ album: AlbumId, link: ShareName }))

export const selections = { own, pick, unpick, say, list, clients, remove }
