import { parseAnswers } from '../../shared/domain/visitor-answers.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { OwnList } from '../../shared/schemas/selection.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { callFunction } from '../redis/call-function.ts'
import { onRedis } from '../redis/errors.ts'
import { readPicks } from './read-picks.ts'

/*
 * What the visitors of a share link choose. It stands in one key that bears the link's name, where Redis lets only that link write: each
 * link has one list, which all browsers that came by it share.
 */

/** The album of the caller's link, and how much it asks for; null where it asks for nothing. As it is on record now. */
const askedOf = async (session: Session) => {
  const { redis, keys, account, identity } = session
  if (!identity.share) throw new GalleryError('FORBIDDEN', 'forVisitors')
  const { selection, closed } = parseAnswers(await redis.hget(keys.account(account), 'answers'))
  const [album] = await readableAlbums(session)
  return selection > 0 && album !== undefined ? { album, most: selection, closed } : null
}

const read = async (
  { redis, keys, account }: Session,
  asked: { album: string; most: number; closed: boolean },
) => {
  const { album, most, closed } = asked
  return { ...(await readPicks(redis, keys.picks(album, account), most)), most, closed }
}

/** What was chosen by the caller's link; null where it asks for nothing. FORBIDDEN for whoever came by no link. */
export const ownSelection = (session: Session): Promise<OwnList | null> =>
  onRedis(async () => {
    const asked = await askedOf(session)
    return asked && read(session, asked)
  })

/** Redis lets a link that asks for nothing, or that is closed, write nothing: FORBIDDEN. */
const write = (session: Session, args: string[]): Promise<OwnList> =>
  onRedis(async () => {
    const { redis, keys, account } = session
    const asked = await askedOf(session)
    if (!asked || asked.closed) throw new GalleryError('FORBIDDEN', 'selectionClosed')
    const { album, most } = asked
    const around = [keys.talkEvents(album), keys.albumInfo(album), keys.photo(album)]
    await callFunction(redis, 'write-selection', [keys.picks(album, account)], [...around, most, ...args])
    return read(session, asked)
  })

/** Chooses a photo. `words` undefined: those that were said of it stay. CONFLICT where no place is left, or the list is done. */
export const pickPhoto = (
  session: Session,
  { photo, words }: { photo: string; words?: string | undefined },
) => write(session, ['pick', photo, words ?? '', words === undefined ? 'keep' : ''])

/** Takes a photo out of what is chosen. CONFLICT where the list is done. */
export const unpickPhoto = (session: Session, photo: string) => write(session, ['unpick', photo])

interface SelectionWords {
  name?: string | undefined
  note?: string | undefined
  done?: boolean | undefined
}

/** Says who chooses, something of the whole, that it is done, or that it is not yet. */
export const describeSelection = (session: Session, { name, note, done }: SelectionWords) =>
  write(session, [
    'say',
    ...(name === undefined ? [] : ['name', name]),
    ...(note === undefined ? [] : ['note', note]),
    ...(done === undefined ? [] : ['done', done ? '1' : '']),
  ])
