/**
 * The one module that imports sharp.
 *
 * Inside Electron on Linux the system's GObject is mapped before sharp's own, and sharp would bind to it, which warns at
 * best and crashes at worst (lovell/sharp#4522, #4525). Loading its libvips first, bound to itself (RTLD_DEEPBIND),
 * keeps the two apart.
 */
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'

const bindToItself = () => {
  if (process.platform !== 'linux' || !process.versions['electron']) return
  const require = createRequire(import.meta.url)
  const folder = join(dirname(require.resolve(`@img/sharp-linux-${process.arch}/sharp.node`)), 'lib')
  const file = readdirSync(folder).find((name) => name.endsWith('.node'))
  if (file)
    process.dlopen(
      { exports: {} },
      join(folder, file),
      constants.dlopen.RTLD_LAZY | constants.dlopen.RTLD_DEEPBIND,
    )
}

bindToItself()

/** sharp, with one thread for each picture: pictures are decoded side by side by several processes instead. */
export const { default: sharp } = await import('sharp')
sharp.concurrency(1)
sharp.cache(false)
