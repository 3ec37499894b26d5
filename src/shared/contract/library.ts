import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { AlbumTitle } from '../schemas/album.ts'
import { CardOptions, CardProgress, CardResult } from '../schemas/card.ts'
import { CatalogueOptions, CatalogueProgress, CatalogueResult } from '../schemas/catalogue.ts'
import { ExportOptions, ExportProgress, ExportResult } from '../schemas/export.ts'
import { base, refusals, refusing, streaming } from './base.ts'
import { PhotoId } from '../schemas/ids.ts'
import { Failure, FoundPhoto, LibraryStatus, MissingPhoto, Root, StartingFolder } from '../schemas/library.ts'

/** The folders of this host that feed the gallery. */
const roots = base.output(z.array(Root))

const Paths = z.array(z.string().min(1)).min(1).max(1000)

/**
 * Registers folders and begins to take their photos in; `album` puts all of them into the album of that title, and lets
 * single files be registered as well. A folder inside one that is registered already is scanned as part of it. Answers at
 * once: see `follow`.
 */
const add = refusing('NOT_FOUND', 'INVALID')
  .input(z.object({ paths: Paths, album: AlbumTitle.optional() }))
  .output(z.array(Root))

/** The photos that were taken in from these files, where they are now. */
const find = base.input(z.object({ paths: Paths })).output(z.array(FoundPhoto))

/** Stops following a folder. Its photos stay in the gallery and its files on disk. */
const forget = base.input(z.object({ path: z.string() })).output(z.void())

/** A registered folder lies elsewhere by now: its photos are recognised there by what they hold. */
const replaceRoot = refusing('NOT_FOUND', 'INVALID')
  .input(z.object({ from: z.string().min(1), to: z.string().min(1) }))
  .output(z.array(Root))

/** Whether what users enter is written into sidecars (`.xmp`) beside the photos of a registered folder; never into those. */
const setSidecars = refusing('NOT_FOUND')
  .input(z.object({ path: z.string().min(1), write: z.boolean() }))
  .output(z.array(Root))

/**
 * Has what browsers send land in a registered folder, named by a pattern below the folder of its album, and in no other one; null: no more.
 */
const setUploads = refusing('NOT_FOUND', 'INVALID')
  .input(z.object({ path: z.string().min(1), pattern: z.string().max(200).nullable() }))
  .output(z.array(Root))

/**
 * Whether the names of a registered folder's files tell when their photos were taken, where the files do not. Known files are read
 * again for it.
 */
const setNameDates = refusing('NOT_FOUND')
  .input(z.object({ path: z.string().min(1), use: z.boolean() }))
  .output(z.array(Root))

/** The photos whose files are gone, those in the trash left out. */
const missing = base.output(z.array(MissingPhoto))

/** The files of a folder that is away are gone for good: its photos are missing from now on. */
const confirmGone = base.input(z.object({ folder: z.string().min(1) })).output(z.void())

/**
 * The file of a missing photo lies in the folder `to`, or is that file. CONFLICT where it holds something else, unless `differs`.
 * The folder is registered where it is not, and its other photos are found by what they hold.
 */
const locate = refusing('NOT_FOUND', 'INVALID', 'CONFLICT')
  .input(z.object({ photo: PhotoId, to: z.string().min(1), differs: z.boolean().default(false) }))
  .output(z.array(Root))

/** Reads all registered folders again, with a closer look. */
const rescan = base.output(z.void())

/** The photos that somebody looks at: where their files wait to be read, they are read before all others. */
const prefer = base.input(z.object({ photos: z.array(PhotoId).max(1000) })).output(z.void())

/**
 * Copies the photos of a card into a folder and takes that in. Tells how far it is, and at its end what came of it; ended
 * before, what was copied stays, and the next time it goes on.
 */
const importCard = streaming
  .errors(refusals('NOT_FOUND', 'INVALID'))
  .input(CardOptions)
  .output(eventIterator(CardProgress, CardResult))

/**
 * Gives the photos of the gallery what another program knows of them: a catalogue of Lightroom or digiKam, or an unpacked Google Takeout
 * on this host, which is read alone. What users entered stays, nothing is taken away. Tells how far it is, and at its end what came of it.
 */
const importCatalogue = streaming
  .errors(refusals('NOT_FOUND', 'UNSUPPORTED'))
  .input(CatalogueOptions)
  .output(eventIterator(CatalogueProgress, CatalogueResult))

/**
 * Copies photos into a folder of this host: originals as they are, or pictures that are made of them. Only what this host took
 * in itself is read, and nothing is overwritten. Tells how far it is, and at its end what came of it.
 */
const exportPhotos = streaming
  .errors(refusals('NOT_FOUND', 'INVALID'))
  .input(ExportOptions)
  .output(eventIterator(ExportProgress, ExportResult))

/** Where the library stands now. */
const status = base.output(LibraryStatus)
/** The status now, and again at each change (a few times a second at most). */
const follow = streaming.output(eventIterator(LibraryStatus))
/** Begins no further file; what is being read is finished. */
const pause = base.output(z.void())
/** Goes on after a pause. */
const resume = base.output(z.void())
/** Drops what has not been taken in yet. A rescan or the next start carries on from there. */
const cancel = base.output(z.void())

/** The files that could not be read, each with its reason. */
const failures = base.output(z.array(Failure))

/** Copies the sample photographs, in three albums, into the data folder and takes them in. */
const addSamples = refusing('NOT_FOUND', 'INVALID').output(z.array(Root))

/** The folders in a folder of this host (the home folder without `path`), for shells that have no folder dialog. */
const browse = refusing('NOT_FOUND')
  .input(z.object({ path: z.string().optional() }))
  .output(z.object({ path: z.string(), parent: z.string().nullable(), folders: z.array(z.string()) }))

/** Where users of this host begin to look for their photos: their own folders and drives. */
const startingFolders = base.output(z.array(StartingFolder))

/** How many photos and videos lie in a folder of this host and below, by their names; `more`: it stopped counting there. */
const countPhotos = base
  .input(z.object({ path: z.string().min(1) }))
  .output(z.object({ photos: z.number().int(), more: z.boolean() }))

export const library = {
  roots,
  add,
  find,
  forget,
  replaceRoot,
  setSidecars,
  setNameDates,
  setUploads,
  missing,
  confirmGone,
  locate,
  rescan,
  prefer,
  importCard,
  importCatalogue,
  exportPhotos,
  status,
  follow,
  pause,
  resume,
  cancel,
  failures,
  addSamples,
  browse,
  startingFolders,
  countPhotos,
}
