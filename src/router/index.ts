import { listActivity } from '../core/events/activity.ts'
import { browseFolders } from '../core/library/choosing/browse-folders.ts'
import { countPhotos } from '../core/library/choosing/count-photos.ts'
import { startingFolders } from '../core/library/choosing/starting-folders.ts'
import { findAlbum, listAlbums } from '../core/albums/albums.ts'
import { collectionsOf, listCollections } from '../core/collections/collections.ts'
import { publish } from '../core/access/grants.ts'
import { applyChanges } from '../core/changes/apply-changes.ts'
import { checkGallery } from '../core/maintenance/check-gallery.ts'
import {
  countComments,
  editComment,
  hideComment,
  listComments,
  noteSeen,
  withdrawComment,
  writeComment,
} from '../core/comments/comments.ts'
import { findInComments } from '../core/comments/search-comments.ts'
import { listClients, listSelections, removeSelection } from '../core/selections/client-selections.ts'
import { describeSelection, ownSelection, pickPhoto, unpickPhoto } from '../core/selections/own-selection.ts'
import { findDuplicates } from '../core/duplicates/find-duplicates.ts'
import { countCameras } from '../core/photos/cameras.ts'
import { commonOfPhotos } from '../core/photos/common.ts'
import { countDays } from '../core/photos/days.ts'
import { countMonths } from '../core/photos/months.ts'
import { ways } from './ways.ts'
import { placesOf } from '../core/photos/places.ts'
import { countTowns, findTowns } from '../core/places/towns.ts'
import { timelineOf } from '../core/photos/timeline.ts'
import { listNotices } from '../core/notices/list-notices.ts'
import { noteNoticesRead } from '../core/notices/read-mark.ts'
import { nearestSearch } from '../core/photos/words.ts'
import { checkHealth } from '../core/maintenance/health.ts'
import { listPhotos, listView, pageOfPhotos, photoRefs, showPhoto } from '../core/photos/photos.ts'
import { locatePhotos } from '../core/photos/locate.ts'
import { readCopies, setCopies } from '../core/gallery/copies.ts'
import { readTileServer, setTileServer } from '../core/gallery/tile-server.ts'
import { setWatermark, watermarkSetting } from '../core/gallery/watermark.ts'
import { filesOf } from '../core/stacks/stack-files.ts'
import { setStackSetting, stackSetting } from '../core/stacks/stack-setting.ts'
import { setStatuses } from '../core/statuses/set-statuses.ts'
import { readStatusSetters, setStatusSetters } from '../core/statuses/status-setters.ts'
import { readStatuses } from '../core/statuses/status-list.ts'
import { listTags, planTag, tagsOfPhotos } from '../core/photos/tags.ts'
import { emptyTrash, listDeletedAlbums } from '../core/photos/trash.ts'
import {
  copyPaths,
  followMoves,
  isHere,
  makeCopies,
  openOriginal,
  pathOf,
  pathsOf,
  trashOriginals,
} from './originals.ts'
import { backup } from './backup.ts'
import { isStranger } from '../core/gallery/session.ts'
import { desktopOf, libraryOf, os, streamed } from './base.ts'
import { followAll } from './follow.ts'
import { mail } from './mail.ts'
import { place } from './place.ts'
import { logins, tokens } from './logins.ts'
import { accounts, groups, rights, sessions, shares } from './access.ts'
import { notForStrangers, shownTo } from './for-strangers.ts'
import { setUploads } from '../core/library/uploads/upload-settings.ts'
import { senderOf, uploadsOf } from './uploads.ts'
import { prepareDownload, stateOfDownload, stopDownload } from './downloads.ts'
import { describeSession } from './session.ts'

const gallery = {
  session: os.gallery.session.handler(({ context }) => describeSession(context)),
  health: os.gallery.health.handler(async ({ context }) =>
    checkHealth(context.session, await context.gallery.notes()),
  ),
  nodes: os.gallery.nodes.handler(({ context: { gallery: opened, session } }) => opened.nodes(session)),
  check: os.gallery.check.handler(({ context, input }) =>
    checkGallery(context.session, { ...input, home: context.gallery.home }),
  ),
  copies: os.gallery.copies.handler(({ context }) => readCopies(context.session)),
  setCopies: os.gallery.setCopies.handler(({ context, input }) => setCopies(context.session, input.copies)),
  stacks: os.gallery.stacks.handler(({ context }) => stackSetting(context.session)),
  setStacks: os.gallery.setStacks.handler(({ context, input }) =>
    setStackSetting(context.session, input.setting),
  ),
  tiles: os.gallery.tiles.handler(({ context }) => readTileServer(context.session)),
  setTiles: os.gallery.setTiles.handler(({ context, input }) => setTileServer(context.session, input.tiles)),
  watermark: os.gallery.watermark.handler(({ context }) => watermarkSetting(context.session)),
  setWatermark: os.gallery.setWatermark.handler(({ context, input }) =>
    setWatermark(context.session, input.words),
  ),
  statuses: os.gallery.statuses.handler(({ context }) => readStatuses(context.session)),
  statusSetters: os.gallery.statusSetters.handler(({ context }) => readStatusSetters(context.session)),
  setStatusSetters: os.gallery.setStatusSetters.handler(({ context, input }) =>
    setStatusSetters(context.session, input.by),
  ),
  setStatuses: os.gallery.setStatuses.handler(async ({ context, input }) => ({
    changed: await setStatuses(context.session, input),
  })),
}

const albums = {
  list: os.albums.list.handler(({ context }) => listAlbums(context.session)),
  find: os.albums.find.handler(({ context, input }) => findAlbum(context.session, input.album)),
  publish: os.albums.publish.handler(({ context, input }) =>
    publish(context.session, input.album, input.public, input.shows),
  ),
}

const collections = {
  list: os.collections.list.handler(({ context }) => listCollections(context.session)),
  holding: os.collections.holding.handler(({ context, input }) =>
    collectionsOf(context.session, input.photo),
  ),
}

const photos = {
  duplicates: os.photos.duplicates.handler(({ context, input }) => findDuplicates(context.session, input)),
  page: os.photos.page.handler(({ context: { session }, input: { view, offset, limit, patience } }) =>
    pageOfPhotos(session, view, offset, limit, patience),
  ),
  refs: os.photos.refs.handler(({ context: { session }, input: { view, offset, limit } }) =>
    photoRefs(session, view, offset, limit),
  ),
  cameras: os.photos.cameras.handler(({ context, input }) => countCameras(context.session, input.album)),
  months: os.photos.months.handler(({ context, input }) => countMonths(context.session, input.album)),
  days: os.photos.days.handler(({ context, input }) => countDays(context.session, input.view)),
  timeline: os.photos.timeline.handler(({ context, input }) =>
    timelineOf(context.session, input.view, input.by),
  ),
  places: os.photos.places.handler(({ context, input }) => placesOf(context.session, input.view, input)),
  towns: os.photos.towns.handler(({ context, input }) => countTowns(context.session, input.album)),
  findTowns: os.photos.findTowns.handler(({ input }) => findTowns(input.text)),
  nearest: os.photos.nearest.handler(async ({ context, input }) => ({
    text: await nearestSearch(context.session, input.album, input.text),
  })),
  locate: os.photos.locate.handler(({ context, input }) => locatePhotos(context.session, input.photos)),
  files: os.photos.files.handler(({ context, input }) => filesOf(context.session, input.album, input.photo)),
  common: os.photos.common.handler(({ context, input }) => commonOfPhotos(context.session, input.photos)),
  show: os.photos.show.handler(async ({ context, input }) => {
    const shown = shownTo(context.session, await showPhoto(context.session, input.album, input.photo))
    return isStranger(context.session) ? { ...shown, here: await isHere(context, shown) } : shown
  }),
  list: os.photos.list.handler(async ({ context: { session }, input }) =>
    (await listPhotos(session, input.album, input.offset, input.limit)).map((photo) =>
      shownTo(session, photo),
    ),
  ),
  details: os.photos.details.handler(async ({ context: { session }, input: { view, offset, limit } }) =>
    (await listView(session, view, offset, limit)).map((photo) => shownTo(session, photo)),
  ),
}

const tags = {
  list: os.tags.list.handler(({ context }) => listTags(context.session)),
  ofPhotos: os.tags.ofPhotos.handler(({ context, input }) => tagsOfPhotos(context.session, input.photos)),
  plan: os.tags.plan.handler(({ context, input }) => planTag(context.session, input.tag, input.to)),
}

const comments = {
  list: os.comments.list.handler(({ context, input }) =>
    listComments(context.session, input.album, input.photo),
  ),
  counts: os.comments.counts.handler(({ context, input }) => countComments(context.session, input.album)),
  search: os.comments.search.handler(({ context, input }) =>
    findInComments(context.session, input.album, input.text),
  ),
  seen: os.comments.seen.handler(({ context, input }) => noteSeen(context.session, input.album, input.photo)),
  write: os.comments.write.handler(({ context, input }) => writeComment(context.session, input)),
  edit: os.comments.edit.handler(({ context, input }) => editComment(context.session, input)),
  withdraw: os.comments.withdraw.handler(({ context, input }) => withdrawComment(context.session, input)),
  hide: os.comments.hide.handler(({ context, input }) => hideComment(context.session, input)),
}

const selections = {
  own: os.selections.own.handler(({ context }) => ownSelection(context.session)),
  pick: os.selections.pick.handler(({ context, input }) => pickPhoto(context.session, input)),
  unpick: os.selections.unpick.handler(({ context, input }) => unpickPhoto(context.session, input.photo)),
  say: os.selections.say.handler(({ context, input }) => describeSelection(context.session, input)),
  clients: os.selections.clients.handler(({ context }) => listClients(context.session)),
  list: os.selections.list.handler(({ context, input }) => listSelections(context.session, input.album)),
  remove: os.selections.remove.handler(({ context, input }) =>
    removeSelection(context.session, input.album, input.link),
  ),
}

const notices = {
  list: os.notices.list.handler(({ context }) => listNotices(context.session)),
  read: os.notices.read.handler(({ context, input }) => noteNoticesRead(context.session, input.until)),
}

const changes = {
  apply: os.changes.apply.handler(async ({ context, input }) => {
    const changed = await applyChanges(context.session, input)
    if (input.mode !== 'check') await followMoves(context, changed)
    return changed
  }),
}

const trash = {
  albums: os.trash.albums.handler(({ context }) => listDeletedAlbums(context.session)),
  empty: os.trash.empty.handler(({ context, input }) => emptyTrash(context.session, input.photos)),
}

const downloads = {
  prepare: os.downloads.prepare.handler(({ context, input, signal }) =>
    prepareDownload(context, input, signal),
  ),
  state: os.downloads.state.handler(({ context, input }) => stateOfDownload(context, input)),
  stop: os.downloads.stop.handler(({ context, input }) => stopDownload(context, input)),
}

const uploads = {
  offer: os.uploads.offer.handler(({ context, input }) =>
    uploadsOf(context).offer(context.session, input.album),
  ),
  settings: os.uploads.settings.handler(({ context }) => {
    notForStrangers(context.session)
    return uploadsOf(context).settings.describe()
  }),
  setSettings: os.uploads.setSettings.handler(({ context, input }) => setUploads(context.session, input)),
  sender: os.uploads.sender.handler(({ context, input }) => senderOf(context, input)),
}

const activity = {
  list: os.activity.list.handler(({ context: { session }, input }) => {
    notForStrangers(session)
    return listActivity(session, input.album, input.limit)
  }),
}

const library = {
  roots: os.library.roots.handler(({ context }) => libraryOf(context).roots()),
  add: os.library.add.handler(({ context, input }) => libraryOf(context).add(input.paths, input.album)),
  find: os.library.find.handler(({ context, input }) => libraryOf(context).find(input.paths)),
  forget: os.library.forget.handler(({ context, input }) => libraryOf(context).forget(input.path)),
  replaceRoot: os.library.replaceRoot.handler(({ context, input }) =>
    libraryOf(context).replaceRoot(input.from, input.to),
  ),
  setSidecars: os.library.setSidecars.handler(({ context, input }) =>
    libraryOf(context).setSidecars(input.path, input.write),
  ),
  setNameDates: os.library.setNameDates.handler(({ context, input }) =>
    libraryOf(context).setNameDates(input.path, input.use),
  ),
  setUploads: os.library.setUploads.handler(({ context, input }) =>
    libraryOf(context).setUploads(input.path, input.pattern),
  ),
  missing: os.library.missing.handler(({ context }) => libraryOf(context).missing()),
  confirmGone: os.library.confirmGone.handler(({ context, input }) =>
    libraryOf(context).confirmGone(input.folder),
  ),
  locate: os.library.locate.handler(({ context, input }) =>
    libraryOf(context).locatePhoto(input.photo, input.to, input.differs),
  ),
  prefer: os.library.prefer.handler(({ context, input }) => libraryOf(context).prefer(input.photos)),
  rescan: os.library.rescan.handler(({ context }) => libraryOf(context).rescan()),
  importCard: os.library.importCard.handler(({ context, input, signal }) =>
    streamed(context, libraryOf(context).importCard(input, signal)),
  ),
  importCatalogue: os.library.importCatalogue.handler(({ context, input, signal }) =>
    streamed(context, libraryOf(context).importCatalogue(input, signal)),
  ),
  exportPhotos: os.library.exportPhotos.handler(({ context, input, signal }) =>
    streamed(context, libraryOf(context).exportPhotos(input, signal)),
  ),
  status: os.library.status.handler(({ context }) => libraryOf(context).status()),
  follow: os.library.follow.handler(({ context, signal }) =>
    streamed(context, libraryOf(context).follow(signal)),
  ),
  pause: os.library.pause.handler(({ context }) => libraryOf(context).pause()),
  resume: os.library.resume.handler(({ context }) => libraryOf(context).resume()),
  cancel: os.library.cancel.handler(({ context }) => libraryOf(context).cancel()),
  failures: os.library.failures.handler(({ context }) => libraryOf(context).failures()),
  addSamples: os.library.addSamples.handler(({ context }) => libraryOf(context).addSamples()),
  browse: os.library.browse.handler(({ context, input }) => {
    libraryOf(context)
    return browseFolders(input.path)
  }),
  startingFolders: os.library.startingFolders.handler(({ context }) => {
    libraryOf(context)
    return startingFolders()
  }),
  countPhotos: os.library.countPhotos.handler(({ context, input, signal }) => {
    libraryOf(context)
    return countPhotos(input.path, signal)
  }),
}

const events = {
  follow: os.events.follow.handler(({ context, signal }) => streamed(context, followAll(context, signal))),
}

const desktop = {
  chooseFolders: os.desktop.chooseFolders.handler(({ context }) => desktopOf(context).chooseFolders()),
  reveal: os.desktop.reveal.handler(async ({ context, input }) =>
    desktopOf(context).reveal(await pathOf(context, input)),
  ),
  openOriginal: os.desktop.openOriginal.handler(({ context, input }) => openOriginal(context, input)),
  copyPaths: os.desktop.copyPaths.handler(({ context, input }) => copyPaths(context, input.photos)),
  dragOut: os.desktop.dragOut.handler(async ({ context, input }) =>
    desktopOf(context).dragOut(await pathsOf(context, input.photos)),
  ),
  makeCopies: os.desktop.makeCopies.handler(({ context, input, signal }) =>
    makeCopies(context, input, signal),
  ),
  dragCopies: os.desktop.dragCopies.handler(({ context, input }) =>
    desktopOf(context).dragOut(desktopOf(context).copies.pathsOf(context.session, input.copies)),
  ),
  trashOriginals: os.desktop.trashOriginals.handler(({ context, input }) =>
    trashOriginals(context, input.photos),
  ),
  wishes: os.desktop.wishes.handler(({ context, signal }) =>
    streamed(context, desktopOf(context).wishes(signal)),
  ),
  accounts: os.desktop.accounts.handler(({ context }) => desktopOf(context).accounts.describe()),
  logIn: os.desktop.logIn.handler(({ context, input }) =>
    desktopOf(context).accounts.logIn(input.account, input.key, input.remember),
  ),
  open: os.desktop.open.handler(({ context, input }) => desktopOf(context).accounts.open(input.account)),
  logOut: os.desktop.logOut.handler(({ context }) => desktopOf(context).accounts.logOut()),
  lock: os.desktop.lock.handler(({ context }) => desktopOf(context).accounts.lock()),
  showCommands: os.desktop.showCommands.handler(({ context, input }) =>
    desktopOf(context).showCommands(input),
  ),
  setAppearance: os.desktop.setAppearance.handler(({ context, input }) =>
    desktopOf(context).setAppearance(input),
  ),
  showPicture: os.desktop.showPicture.handler(({ context, input }) =>
    desktopOf(context).showPicture(input.channel),
  ),
  notify: os.desktop.notify.handler(({ context, input }) => desktopOf(context).notify(input.text)),
  showOutside: os.desktop.showOutside.handler(({ context, input }) => desktopOf(context).showOutside(input)),
  updates: os.desktop.updates.handler(({ context, signal }) =>
    streamed(context, desktopOf(context).updates.follow(signal)),
  ),
  chooseUpdates: os.desktop.chooseUpdates.handler(({ context, input }) =>
    desktopOf(context).updates.choose(input.channel),
  ),
  lookForUpdate: os.desktop.lookForUpdate.handler(({ context }) => desktopOf(context).updates.look()),
  installUpdate: os.desktop.installUpdate.handler(({ context }) => desktopOf(context).updates.install()),
  showLog: os.desktop.showLog.handler(({ context }) => desktopOf(context).showLog()),
}

/** The contract implemented: every procedure is one call of the core on the caller's own connection. */
export const router = os.router({
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
})
