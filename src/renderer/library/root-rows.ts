import type { Root } from '../../shared/schemas/library.ts'

/** Roots in one row: a folder, or the single files of a folder that go to one album. */
export interface RootRow {
  /** The folder. */
  folder: string
  /** How many single files of the folder; 0: the folder itself. */
  files: number
  paths: string[]
  album: string | null
  online: boolean
  watched: boolean
  away: Root['away']
  passed: Root['passed']
  sidecars: boolean
  nameDates: boolean
  uploads: boolean
}

const folderOf = (path: string) => path.replace(/[/\\][^/\\]*$/, '') || '/'

/** Roots as they are listed: single files stand together, as there may be hundreds. */
export const rootRows = (roots: Root[]): RootRow[] =>
  [
    ...Map.groupBy(roots, ({ path, file, album }) =>
      file ? `${folderOf(path)}\0${album ?? ''}` : `${path}\0\0`,
    ).values(),
  ].flatMap((together) => {
    const [first] = together
    if (!first) return []
    return {
      folder: first.file ? folderOf(first.path) : first.path,
      files: first.file ? together.length : 0,
      paths: together.map(({ path }) => path),
      album: first.album,
      online: together.every(({ online }) => online),
      watched: together.some(({ watched }) => watched),
      away: together.flatMap(({ away }) => away),
      passed: together.flatMap(({ passed }) => passed),
      sidecars: together.every(({ sidecars }) => sidecars),
      nameDates: together.every(({ nameDates }) => nameDates),
      uploads: together.some(({ uploads }) => uploads !== null),
    }
  })
