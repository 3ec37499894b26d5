import { fileSink, streamSink } from '../core/backup/sink.ts'
import { exportOrganisation } from '../core/transfer/export-organisation.ts'
import { importOrganisation } from '../core/transfer/import-organisation.ts'
import type { PartCounts } from '../core/transfer/organisation.ts'
import { withGallery } from './client.ts'
import { count, printable, type Output } from './output.ts'

const holds = ({ photos, albums, accounts, groups }: PartCounts) =>
  `${count(photos, 'photo')} in ${count(albums, 'album')}, ${count(accounts, 'account')}, ${count(groups, 'group')}`

/** `export-data FILE`: writes what users made of the gallery; `-` writes it to standard output, and nothing beside it. */
export const runExportData = (
  out: Output,
  file: string,
  { thumbnails = false }: { thumbnails?: boolean },
): Promise<void> =>
  withGallery(async (gallery) => {
    const session = await gallery.self()
    const sink = file === '-' ? streamSink(process.stdout) : await fileSink(file)
    try {
      const counts = await exportOrganisation(
        session,
        gallery.home,
        (text) => sink.write(Buffer.from(text)),
        { thumbnails },
      )
      await sink.finish()
      if (file !== '-')
        out.answer({ file: sink.file, ...counts }, () => [`${printable(file)} is whole: ${holds(counts)}.`])
    } catch (error) {
      await sink.discard()
      throw error
    }
  })

/** `import-data FILE`: reads such a file into an empty gallery. */
export const runImportData = (out: Output, file: string): Promise<void> =>
  withGallery(async (gallery) => {
    const counts = await importOrganisation(await gallery.self(), gallery.home, file)
    out.answer(counts, () => [
      `Read in: ${holds(counts)}.`,
      ...(counts.accounts > 0
        ? ['Accounts come without passwords: give each one with `cimaise account password NAME`.']
        : []),
      'Photos whose originals are not where they were are shown as missing or offline.',
    ])
  })
