import { browseFolders } from '../core/browse.ts'
import { findAlbum, listAlbums } from '../core/albums.ts'
import { publish } from '../core/access.ts'
import { checkHealth } from '../core/health.ts'
import { findOriginal } from '../core/originals.ts'
import { listPhotos, pageOfPhotos, photoIds, showPhoto } from '../core/photos.ts'
import { desktopOf, libraryOf, os, streamed } from './base.ts'
import { followAll } from './follow.ts'
import { describeSession } from './session.ts'

const gallery = {
  session: os.gallery.session.handler(({ context }) => describeSession(context)),
  health: os.gallery.health.handler(({ context }) => checkHealth(context.session)),
}

const albums = {
  list: os.albums.list.handler(({ context }) => listAlbums(context.session)),
  find: os.albums.find.handler(({ context, input }) => findAlbum(context.session, input.album)),
  publish: os.albums.publish.handler(({ context, input }) =>
    publish(context.session, input.album, input.public),
  ),
}

const photos = {
  page: os.photos.page.handler(({ context: { session }, input: { view, offset, limit } }) =>
    pageOfPhotos(session, view, offset, limit),
  ),
  ids: os.photos.ids.handler(({ context: { session }, input: { view, offset, limit } }) =>
    photoIds(session, view, offset, limit),
  ),
  show: os.photos.show.handler(({ context, input }) => showPhoto(context.session, input.album, input.photo)),
  list: os.photos.list.handler(({ context, input }) =>
    listPhotos(context.session, input.album, input.offset, input.limit),
  ),
}

const library = {
  roots: os.library.roots.handler(({ context }) => libraryOf(context).roots()),
  add: os.library.add.handler(({ context, input }) => libraryOf(context).add(input.folders, input.album)),
  forget: os.library.forget.handler(({ context, input }) => libraryOf(context).forget(input.path)),
  rescan: os.library.rescan.handler(({ context }) => libraryOf(context).rescan()),
  status: os.library.status.handler(({ context }) => libraryOf(context).status()),
  follow: os.library.follow.handler(({ context, signal }) => streamed(libraryOf(context).follow(signal))),
  pause: os.library.pause.handler(({ context }) => libraryOf(context).pause()),
  resume: os.library.resume.handler(({ context }) => libraryOf(context).resume()),
  cancel: os.library.cancel.handler(({ context }) => libraryOf(context).cancel()),
  failures: os.library.failures.handler(({ context }) => libraryOf(context).failures()),
  addSamples: os.library.addSamples.handler(({ context }) => libraryOf(context).addSamples()),
  browse: os.library.browse.handler(({ context, input }) => {
    libraryOf(context)
    return browseFolders(input.path)
  }),
}

const events = {
  follow: os.events.follow.handler(({ context, signal }) => streamed(followAll(context, signal))),
}

const desktop = {
  chooseFolders: os.desktop.chooseFolders.handler(({ context }) => desktopOf(context).chooseFolders()),
  reveal: os.desktop.reveal.handler(async ({ context, input }) => {
    const shell = desktopOf(context)
    const original = await findOriginal(context.session, context.gallery.home, input.album, input.photo)
    await shell.reveal(original.path)
  }),
}

/** The contract implemented: every procedure is one call of the core on the caller's own connection. */
export const router = os.router({ gallery, albums, photos, library, events, desktop })
