import type { Dropped } from './uploads.svelte.ts'

/** What systems put into folders for themselves, and what is no photo for sure. */
const isOwn = (name: string) => name.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(name)

const readAll = async (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => {
  const all: FileSystemEntry[] = []
  for (;;) {
    // A browser gives a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}

const filesIn = async (entry: FileSystemEntry): Promise<File[]> => {
  if (isOwn(entry.name)) return []
  if (entry.isFile)
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ]
  const entries = await readAll((entry as FileSystemDirectoryEntry).createReader())
  const files: File[] = []
  for (const each of entries) files.push(...(await filesIn(each)))
  return files
}

/** The files that were dropped, with those of dropped folders and of the folders in them. */
export const filesOf = async (dropped: Dropped[]): Promise<File[]> => {
  const files: File[] = []
  for (const each of dropped) files.push(...(each instanceof File ? [each] : await filesIn(each)))
  return files
}

/** The files of a field, of whole folders too. */
export const filesOfField = ({ files }: HTMLInputElement): File[] =>
  [...(files ?? [])].filter(({ name }) => !isOwn(name))
