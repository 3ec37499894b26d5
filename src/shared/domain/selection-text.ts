import type { ClientList } from '../schemas/selection.ts'

/** What a list is called: as the client calls themself, or as the link is labelled. */
export const nameOf = ({ name, label, link }: Pick<ClientList, 'name' | 'label' | 'link'>): string =>
  name || label || link

/** The name of a photo's file. */
export const fileName = ({ path, title }: { path: string; title: string }): string =>
  path.split(/[\\/]/).at(-1) || title

/** A photo that somebody chose. */
interface ChosenPhoto {
  id: string
  /** Of its file. */
  name: string
}

/** A value of a CSV file; what a table program would take for a formula is not begun as one. */
const cell = (text: string) => {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** File names without their endings, by commas, as the search of a catalogue program takes them: any of them is found. */
export const searchText = (photos: readonly ChosenPhoto[]): string =>
  [...new Set(photos.map(({ name }) => name.replace(/\.[^.]*$/, '')))].join(', ')

/** The lists as CSV: a line for each photo, a column for each client with `x` where it was chosen, and one for what they say of it. */
export const csvOf = (
  lists: readonly ClientList[],
  photos: readonly ChosenPhoto[],
  heads: { file: string; words: string },
): string => {
  const head = [heads.file, ...lists.flatMap((list) => [nameOf(list), `${nameOf(list)}: ${heads.words}`])]
  const lines = photos.map(({ id, name }) => [
    name,
    ...lists.flatMap(({ picks }) => {
      const pick = picks.find(({ photo }) => photo === id)
      return [pick ? 'x' : '', pick?.words ?? '']
    }),
  ])
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}
