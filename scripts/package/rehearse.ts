/** A package without Electron in it: everything that goes beside it, laid out and archived by electron-builder itself. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform, type Configuration } from 'electron-builder'
import configuration from './config.ts'

const root = join(import.meta.dirname, '../..')

/** A folder that looks like Electron's own, with an empty program in it. */
const emptyElectron = (folder: string) => {
  const manifest = readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  for (const inside of ['resources', 'locales']) mkdirSync(join(folder, inside), { recursive: true })
  const files = { electron: '', version, LICENSE: '', 'LICENSES.chromium.html': '', 'locales/en-US.pak': '' }
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), content, { mode: 0o755 })
  return folder
}

/**
 * Packs what is built for Linux, without Electron, into a folder; rejects where electron-builder refuses the configuration.
 *
 * @param to An empty folder.
 * @param changes Replace parts of the configuration.
 * @returns The folder `resources` of the package.
 */
export const rehearse = async (to: string, changes: Partial<Configuration> = {}): Promise<string> => {
  const output = join(to, 'packed')
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    config: {
      // It writes into what it is given.
      ...structuredClone(configuration),
      directories: { ...configuration.directories, output },
      electronDist: emptyElectron(join(to, 'electron')),
      // An empty program has no fuses.
      electronFuses: null,
      ...changes,
    },
  })
  return join(output, 'linux-unpacked', 'resources')
}
