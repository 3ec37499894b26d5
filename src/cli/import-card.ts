import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { cardGalleryOf } from '../core/library/card/card-gallery.ts'
import { importCard, type CardProgress, type CardResult } from '../core/library/card/import-card.ts'
import { createDecoder } from '../core/library/decode/pool.ts'
import { router } from '../router/index.ts'
import { english } from '../shared/i18n/english.ts'
import { withGallery } from './client.ts'
import { followToEnd } from './import.ts'
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

const copy = (source: string, target: string, { pattern, backup }: CardCommandOptions): Promise<CardResult> =>
  withGallery((gallery) =>
    interruptible(async (signal) => {
      const decoder = createDecoder(1)
      try {
        const known = await cardGalleryOf(await gallery.self(), decoder)
        const second = backup === undefined ? undefined : resolve(backup)
        const options = { source, target, pattern, backup: second }
        return await importCard(options, known, { signal, onprogress: show })
      } finally {
        await decoder.close()
      }
    }),
  )

/** Takes the folder of the copies in, as `import` does. */
const takeIn = (target: string) =>
  withGallery(async (gallery) => {
    const { openLibrary } = await import('../core/library/watched-library.ts')
    const session = await gallery.self()
    const library = await openLibrary(session, gallery.home, { watch: false })
    try {
      const context = { gallery, session, library, desktop: null, shell: 'cli' as const }
      const client = createRouterClient(router, { context })
      await client.library.add({ paths: [target] })
      return await followToEnd(client)
    } finally {
      await library.close()
    }
  })

/** `import-card CARD FOLDER`: copies what is new on a card, each copy verified, and takes it in. Returns the exit code. */
export const runImportCard = async (
  out: Output,
  card: string,
  folder: string,
  options: CardCommandOptions,
): Promise<number> => {
  const target = resolve(folder)
  await mkdir(target, { recursive: true })
  // What cannot be taken in later is refused before it is copied, and what lies there already is known.
  await takeIn(target)
  const { found, copied, skipped, failed } = await copy(resolve(card), target, options)
  const { added } = await takeIn(target)
  const failures = failed.map(({ path, text }) => ({ path, reason: english(text) }))
  out.answer({ found, copied: copied.length, skipped, failed: failures, added }, () => [
    `${count(found, 'file')} on the card: ${copied.length} copied, ${skipped} there already, ${failures.length} failed; ${count(added, 'photo')} added.`,
    ...failures.map(({ path, reason }) => `  ${printable(path)}: ${printable(reason)}`),
  ])
  return failures.length > 0 ? 1 : 0
}
