import { resolve } from 'node:path'
import { throughSteps } from '../shared/domain/through-steps.ts'
import type { CatalogueProgress } from '../shared/schemas/catalogue.ts'
import { withGallery } from './client.ts'
import { interruptible } from './interruptible.ts'
import { count, printable, type Output } from './output.ts'

export interface CatalogueCommandOptions {
  from?: string
  to?: string
}

const programs = { lightroom: 'Lightroom', digikam: 'digiKam', takeout: 'Google Takeout' }

/** How far it is, on terminals only. */
const show = ({ done, found }: CatalogueProgress) => {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r\u001b[K${done} of ${found}${done === found ? '\n' : ''}`)
}

/** `import-catalogue SOURCE`: gives the photos of the gallery what Lightroom, digiKam or Google Photos knows of them. */
export const runImportCatalogue = (
  out: Output,
  source: string,
  { from, to }: CatalogueCommandOptions,
): Promise<void> =>
  withGallery((gallery) =>
    interruptible(async (signal) => {
      const { openLibrary } = await import('../core/library/watched-library.ts')
      const library = await openLibrary(await gallery.self(), gallery.home, { watch: false })
      const moved = from !== undefined && to !== undefined ? { from, to: resolve(to) } : {}
      try {
        const options = { source: resolve(source), ...moved }
        const result = await throughSteps(library.importCatalogue(options, signal), show)
        const { program, found, matched, changed, collections, absent } = result
        out.answer(result, () => [
          `${programs[program]} tells of ${count(found, 'photo')}: the gallery has ${matched}. ${count(changed, 'change')}, ${count(collections, 'collection')}.`,
          ...(absent.length > 0 ? ['Not in the gallery, among others:'] : []),
          ...absent.map((path) => `  ${printable(path)}`),
        ])
      } finally {
        await library.close()
      }
    }),
  )
