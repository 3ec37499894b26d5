import { expect } from 'vitest'
import { findInComments } from '../../src/core/comments/search-comments.ts'
import { listNotices } from '../../src/core/notices/list-notices.ts'
import { listClients } from '../../src/core/selections/client-selections.ts'
import { readPeople } from '../../src/core/mail/people.ts'
import { listAllTokens } from '../../src/core/access/tokens.ts'
import { listActivity } from '../../src/core/events/activity.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { countCameras } from '../../src/core/photos/cameras.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { listAccounts } from '../../src/core/access/accounts.ts'
import { listAudit } from '../../src/core/access/audit-log.ts'
import { answerRequests } from '../../src/core/access/requests.ts'
import { publish, readRights } from '../../src/core/access/grants.ts'
import { listSessions } from '../../src/core/access/sessions.ts'
import { createShare } from '../../src/core/access/shares.ts'
import { pageOfPhotos, photoRefs, showPhoto } from '../../src/core/photos/photos.ts'
import { locatePhotos } from '../../src/core/photos/locate.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { listTags } from '../../src/core/photos/tags.ts'
import { listDeletedAlbums } from '../../src/core/photos/trash.ts'
import type { Redis } from 'ioredis'
import { startGallery } from '../support/gallery.ts'
import { change, albumWithPhotos } from '../support/organise.ts'
import { addAccount, grant, plainClient } from '../support/accounts.ts'

type Filled = Awaited<ReturnType<typeof albumWithPhotos>>

/** A gallery with one member who writes by hand, and others who have nothing to do with what that member may write. */
export interface MemberGallery {
  gallery: Gallery
  env: NodeJS.ProcessEnv
  owner: Session
  ana: Session
  guest: Session
  visitor: Session
  /** The member, and a plain connection with the member's own login. */
  mal: Session
  client: Redis
  ownIdPrefix: string
  /** Albums that the member may modify: one by a right, one that the member made. */
  spoiled: Filled[]
  /** Albums that the member has no right on, and one that all may read. */
  hidden: Filled
  anas: Filled
  shown: Filled
}

const tagged = async (session: Session, title: string, tag: string) => {
  const filled = await albumWithPhotos(session, title, 6)
  await change(session, [
    { kind: 'tag', album: filled.album, photos: filled.photos, add: [tag], remove: [] },
    { kind: 'trash', album: filled.album, photos: filled.photos.slice(0, 1) },
  ])
  return filled
}

/** Builds it. */
export const buildMemberGallery = async (start = startGallery): Promise<MemberGallery> => {
  const { gallery, env } = await start()
  const owner = await gallery.self()
  const [given, hidden, anas, shown] = [
    await tagged(owner, 'Given', 'given/a'),
    await tagged(owner, 'Hidden', 'kept/hidden'),
    await tagged(owner, 'Of Ana', 'kept/ana'),
    await tagged(owner, 'Shown', 'kept/shown'),
  ]
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  const { session: mal, key } = await addAccount(gallery, owner, 'mal', { canCreateAlbums: true })
  const made = await tagged(mal, 'Made', 'given/b')
  await grant(owner, 'ana', { [anas.album]: 'modify' })
  await grant(owner, 'mal', { [given.album]: 'modify', [shown.album]: 'read' })
  await publish(owner, shown.album, true)
  const share = { name: 'share~Abcd1234', key: newKey(), album: anas.album, label: '', hasPassword: false }
  await createShare(owner, { ...share, expires: new Date(Date.now() + 3600_000).toISOString() })
  const { id } = await createAlbum(owner, { title: 'Deleted' })
  await change(owner, [{ kind: 'delete-album', album: id }])
  const fixture = {
    ...{ gallery, env, owner, ana, mal, hidden, anas, shown },
    guest: await gallery.guest(),
    visitor: await gallery.login(share.name, share.key),
    client: await plainClient(gallery, 'mal', key),
    ownIdPrefix: mal.identity.ownIdPrefix ?? '',
    spoiled: [given, made],
  }
  await answersToOthers(fixture) // from now on it finds what it left behind
  return fixture
}

const view = { album: null, sort: 'taken' as const, descending: true }

/** What a caller is answered, as far as it is not about the albums that the member may spoil. */
const answersOf = async (session: Session, isSpoiled: (album: string) => boolean) => {
  const albums = (await listAlbums(session)).filter(({ id }) => !isSpoiled(id))
  const page = await pageOfPhotos(session, view, 0, 500)
  const named = await pageOfPhotos(session, { ...view, sort: 'name', filter: { text: 'jpg' } }, 0, 500)
  const refs = await photoRefs(session, view, 0, 1000)
  const sound = <T extends { album: string }>(all: T[]) => all.filter(({ album }) => !isSpoiled(album))
  const { photos: kept } = await pageOfPhotos(session, { ...view, filter: { all: ['kept'] } }, 0, 500)
  const tags = (await listTags(session)).filter(({ tag }) => tag.startsWith('kept'))
  const photos = sound(page.photos)
  return {
    albums,
    photos,
    named: sound(named.photos).map(({ id }) => id),
    refs: refs.filter((ref) => !isSpoiled(ref.split('/')[0] ?? '')),
    kept: sound(kept).map(({ id }) => id),
    tags,
    cameras: (await countCameras(session, null)).length > 0,
    activity:
      sound(await listActivity(session, null, 100)).filter(({ what }) => what !== 'edited').length > 0,
    located: sound(
      await locatePhotos(
        session,
        photos.map(({ id }) => id),
      ),
    ),
    shown: await Promise.all(photos.slice(0, 3).map(({ album, id }) => showPhoto(session, album, id))),
  }
}

/** What accounts ask of what is said, chosen and told: in albums that were spoiled by hand it may be anything, and fails for nobody. */
const askTalk = async (session: Session) => {
  await listNotices(session)
  await listClients(session)
  await findInComments(session, null, 'kept')
}

/** What only administrators ask. */
const administered = async (owner: Session) => {
  await answerRequests(owner)
  const { grants, public: shown } = await readRights(owner)
  return {
    accounts: (await listAccounts(owner)).filter(({ name }) => name !== 'mal').length,
    grants: Object.fromEntries(Object.entries(grants).filter(([subject]) => subject !== 'account:mal')),
    shown,
    sessions: (await listSessions(owner)).some(({ own }) => own),
    audit: (await listAudit(owner, 50)).length > 0,
    deleted: (await listDeletedAlbums(owner)).length,
    told: (await readPeople(owner)).told.length,
    tokens: (await listAllTokens(owner)).length,
  }
}

/** Everything that others than the member ask, and what they do: none of it may fail. */
export const answersToOthers = async (fixture: MemberGallery) => {
  const { owner, ana, guest, visitor, ownIdPrefix, spoiled, anas, hidden } = fixture
  const isSpoiled = (album: string) =>
    album.startsWith(ownIdPrefix) || spoiled.some((own) => own.album === album)
  const answers = []
  for (const session of [owner, ana, guest, visitor]) answers.push(await answersOf(session, isSpoiled))
  for (const session of [owner, ana]) await askTalk(session)
  await change(ana, [
    { kind: 'edit', album: anas.album, field: 'rating', values: [{ photo: anas.photos[1] ?? '', to: '3' }] },
  ])
  const [photo = ''] = hidden.photos.slice(2)
  const undo = [
    await change(owner, [{ kind: 'move', from: hidden.album, to: anas.album, photos: [photo] }]),
    await change(owner, [{ kind: 'move', from: anas.album, to: hidden.album, photos: [photo] }]),
  ]
  expect(undo.map(({ changed }) => changed)).toEqual([1, 1])
  return { answers, administered: await administered(owner) }
}
