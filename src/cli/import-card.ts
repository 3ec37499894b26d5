import { resolve } from 'node:path'
import { throughSteps } from '../shared/domain/through-steps.ts'
import type { CardOptions, CardProgress } from '../shared/schemas/card.ts'
import { withGallery } from './client.ts'
import { interruptible } from './interruptible.ts'
import { count, printable, type Output } from './output.ts'

export interface CardCommandOptions {
  pattern: string
  backup?: string
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`

/** How far the copying is, on terminals only. */
const show = ({ done, found, bytes, totalBytes }: CardProgress) => {
  if (!process.stderr.isTTY) return
  const end = done === found ? '\n' : ''
  process.stderr.write(
    `\r\u001b[K${done} of ${found} · ${megabytes(bytes)} of ${megabytes(totalBytes)}${end}`,
  )
}

/** Everything of one import: what is on the card is copied, and the copies are taken in. */
const importAll = (options: CardOptions) =>
  withGallery((gallery) =>
    interruptible(async (signal) => {
      const { openLibrary } = await import('../core/library/watched-library.ts')
      const session = await gallery.self()
      const library = await openLibrary(session, gallery.home, { watch: false })
      try {
        const result = await throughSteps(library.importCard(options, signal), show)
        await library.settled()
        return { ...result, added: library.status().added }
      } finally {
        await library.close()
      }
    }),
  )

/** `import-card CARD FOLDER`: copies what is new on a card, each copy verified, and takes it in. Returns the exit code. */
export const runImportCard = async (
  out: Output,
  card: string,
  folder: string,
  { pattern, backup }: CardCommandOptions,
): Promise<number> => {
  const second = backup === undefined ? {} : { backup: resolve(backup) }
  const { found, copied, skipped, failed, added } = await importAll({
    source: resolve(card),
    target: resolve(folder),
    pattern,
    ...second,
  })
  const failures = failed.map(({ path, reason }) => ({ path, reason }))
  out.answer({ found, copied, skipped, failed: failures, added }, () => [
    `${count(found, 'file')} on the card: ${copied} copied, ${skipped} there already, ${failures.length} failed; ${count(added, 'photo')} added.`,
    ...failures.map(({ path, reason }) => `  ${printable(path)}: ${printable(reason)}`),
  ])
  return failures.length > 0 ? 1 : 0
}
