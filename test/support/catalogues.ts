import { DatabaseSync } from 'node:sqlite'
import { deflateSync } from 'node:zlib'
import { sidecarText } from './sidecars.ts'

/** The tables of a catalogue of Lightroom Classic that tell of photos, as far as they are read, with the columns that it gives them. */
const lightroomTables = `
  CREATE TABLE AgLibraryRootFolder (id_local INTEGER PRIMARY KEY, absolutePath UNIQUE NOT NULL DEFAULT '', name);
  CREATE TABLE AgLibraryFolder (id_local INTEGER PRIMARY KEY, pathFromRoot NOT NULL DEFAULT '', rootFolder INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE AgLibraryFile (id_local INTEGER PRIMARY KEY, baseName NOT NULL DEFAULT '', extension NOT NULL DEFAULT '', folder INTEGER);
  CREATE TABLE Adobe_images (id_local INTEGER PRIMARY KEY, colorLabels NOT NULL DEFAULT '', masterImage INTEGER,
    pick NOT NULL DEFAULT 0, rating, rootFile INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE AgLibraryKeyword (id_local INTEGER PRIMARY KEY, lc_name, name, parent INTEGER);
  CREATE TABLE AgLibraryKeywordImage (id_local INTEGER PRIMARY KEY, image INTEGER NOT NULL DEFAULT 0, tag INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE AgLibraryIPTC (id_local INTEGER PRIMARY KEY, caption, copyright, image INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE AgLibraryCollection (id_local INTEGER PRIMARY KEY, creationId NOT NULL DEFAULT '', name NOT NULL DEFAULT '', parent INTEGER,
    systemOnly NOT NULL DEFAULT '');
  CREATE TABLE AgLibraryCollectionImage (id_local INTEGER PRIMARY KEY, collection INTEGER NOT NULL DEFAULT 0,
    image INTEGER NOT NULL DEFAULT 0, pick NOT NULL DEFAULT 0, positionInCollection);
  CREATE TABLE Adobe_AdditionalMetadata (id_local INTEGER PRIMARY KEY, image INTEGER, xmp NOT NULL DEFAULT '');`

/** The same of a database of digiKam, of version 19 of its schema. */
const digikamTables = `
  CREATE TABLE AlbumRoots (id INTEGER PRIMARY KEY, label TEXT, status INTEGER NOT NULL, type INTEGER NOT NULL, identifier TEXT,
    specificPath TEXT, UNIQUE(identifier, specificPath));
  CREATE TABLE Albums (id INTEGER PRIMARY KEY, albumRoot INTEGER NOT NULL, relativePath TEXT NOT NULL, date DATE, caption TEXT,
    collection TEXT, icon INTEGER, UNIQUE(albumRoot, relativePath));
  CREATE TABLE Images (id INTEGER PRIMARY KEY, album INTEGER, name TEXT NOT NULL, status INTEGER NOT NULL, category INTEGER NOT NULL,
    UNIQUE (album, name));
  CREATE TABLE ImageInformation (imageid INTEGER PRIMARY KEY, rating INTEGER, creationDate DATETIME);
  CREATE TABLE ImageComments (id INTEGER PRIMARY KEY, imageid INTEGER, type INTEGER, language TEXT, author TEXT, date DATETIME,
    comment TEXT, UNIQUE(imageid, type, language, author));
  CREATE TABLE Tags (id INTEGER PRIMARY KEY, pid INTEGER, name TEXT NOT NULL, icon INTEGER, iconkde TEXT, UNIQUE (name, pid));
  CREATE TABLE ImageTags (imageid INTEGER NOT NULL, tagid INTEGER NOT NULL, UNIQUE (imageid, tagid));`

const fill = (
  path: string,
  tables: string,
  rows: Record<string, (string | number | Uint8Array | null)[][]>,
) => {
  const database = new DatabaseSync(path)
  database.exec(tables)
  for (const [table, all] of Object.entries(rows))
    for (const row of all)
      database.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row)
  database.close()
}

/** A packet as a catalogue keeps it: behind its length, packed. */
const packed = (packet: string) => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(Buffer.byteLength(packet))
  return Buffer.concat([head, deflateSync(packet)])
}

/** A catalogue of Lightroom on `one.jpg`, which has a virtual copy, `two.jpg`, and one that is not there. */
export const drawLightroom = (path: string, folder: string): void => {
  const collection = 'com.adobe.ag.library.collection'
  fill(path, lightroomTables, {
    AgLibraryRootFolder: [[1, `${folder}/`, 'Photos']],
    AgLibraryFolder: [[2, 'Trip/', 1]],
    AgLibraryFile: ['one', 'two', 'gone'].map((name, i) => [10 + i, name, 'jpg', 2]),
    Adobe_images: [
      [20, 'Red', null, 1, 5, 10],
      [21, 'Zu drucken', null, -1, 2, 11],
      [22, '', null, 0, null, 12],
      [23, 'Blue', 20, 0, 1, 10],
    ],
    AgLibraryKeyword: [
      [30, null, null, null],
      [31, 'places', 'Places', 30],
      [32, 'corsica', 'Corsica', 31],
      [33, 'a/c', 'A/C', 30],
      [34, 'round', 'round', 34],
    ],
    AgLibraryKeywordImage: [
      [40, 20, 32],
      [41, 20, 33],
      [42, 21, 32],
      [43, 21, 34],
    ],
    Adobe_AdditionalMetadata: [
      [80, 20, packed(sidecarText({ title: 'Noon &amp; after', rating: 5 }))],
      [81, 21, Buffer.from('no packet')],
      [82, 22, sidecarText({ title: 'Gone' })],
    ],
    AgLibraryIPTC: [[50, 'The harbour\nat noon', null, 20]],
    AgLibraryCollection: [
      [60, 'com.adobe.ag.library.group', 'Prints', null, 0],
      [61, collection, 'Wall', 60, 0],
      [62, 'com.adobe.ag.library.smart_collection', 'Five stars', null, 0],
    ],
    AgLibraryCollectionImage: [
      [70, 61, 20, 0, 'b'],
      [71, 61, 21, 0, 'a'],
      [72, 62, 20, 0, 'a'],
    ],
  })
}

/** A database of digiKam on the same files: a collection on a drive, and one that its address names. */
export const drawDigikam = (path: string, folder: string): void => {
  fill(path, digikamTables, {
    AlbumRoots: [
      [1, 'Pictures', 0, 1, 'volumeid:?uuid=800b21c2-dadc-4930-829e-a96b04ce26fa', folder],
      [2, 'Elsewhere', 0, 3, 'networkshareid:?mountpath=%2Fmnt%2Fnas', '/'],
    ],
    Albums: [
      [3, 1, '/Trip', '2024-05-01', null, null, null],
      [4, 2, '/', '2024-05-01', null, null, null],
    ],
    Images: [
      [10, 3, 'one.jpg', 1, 1],
      [11, 3, 'two.jpg', 1, 1],
      [12, 3, 'hidden.jpg', 2, 1],
      [13, 4, 'far.jpg', 1, 1],
    ],
    ImageInformation: [
      [10, 4, null],
      [11, -1, null],
    ],
    ImageComments: [
      [20, 10, 1, 'fr-FR', '', null, 'Le port'],
      [21, 10, 1, 'x-default', '', null, 'The harbour'],
      [22, 10, 3, 'x-default', '', null, 'Noon'],
    ],
    Tags: [
      [30, 0, '_Digikam_Internal_Tags_', null, null],
      [31, 30, 'Pick Label Accepted', null, null],
      [32, 30, 'Color Label Green', null, null],
      [33, 0, 'People', null, null],
      [34, 33, 'Ana', null, null],
    ],
    ImageTags: [
      [10, 31],
      [10, 32],
      [10, 34],
      [11, 34],
    ],
  })
}
