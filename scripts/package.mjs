/** `npm run package`: set-up and build, then the packages of this system in dist/. Arguments go to electron-builder. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runChild } from './set-up/child.mjs'
import { projectRoot, runScript, say } from './set-up/console.mjs'
import { getElectron } from './set-up/electron.mjs'
import { setUp } from './set-up/index.mjs'
import { bundledServer } from './set-up/redis.mjs'

const usage = `Usage: npm run package [-- [--rehearse] [--without-server] [--dir] …]

Makes the packages of this system in dist/.

  --rehearse        without Electron: lays out what goes beside it, and says how much it is
  --without-server  although there is no Redis in resources/redis to go along (npm run package:server puts one there)
  --dir             the program in a folder, no package of it
  …                 whatever else electron-builder knows: --x64, --arm64, --linux deb`

/** What is missing for a package, in words for whoever makes it; null where nothing is. */
const missing = async (
  /** @type {string} */ node,
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {boolean} */ withoutServer,
) => {
  if (!withoutServer && !bundledServer())
    return 'There is no Redis in resources/redis to go into the package. Run npm run package:server first, or add --without-server.'
  if (!(await getElectron(node, env)))
    return "Electron's program could not be downloaded, and without it there is no package. out/logs/electron.log says why; npm run package -- --rehearse does without."
  return null
}

/** CI gives an empty text for a secret that it does not have, which would be taken for a certificate. @param {NodeJS.ProcessEnv} env */
const withoutEmptySecrets = (env) =>
  Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== '' || !/^(?:CSC|APPLE)_/.test(name)),
  )

await runScript(async () => {
  const { values, tokens } = parseArgs({
    strict: false,
    tokens: true,
    options: {
      rehearse: { type: 'boolean' },
      'without-server': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const { node, env } = await setUp({ redis: false })
  const options = { cwd: projectRoot, env: withoutEmptySecrets(env) }
  if (values.rehearse) {
    const { code } = await runChild(node, [join(projectRoot, 'scripts', 'package', 'index.ts')], options)
    return code
  }
  const why = await missing(node, env, values['without-server'] === true)
  if (why) {
    say(why)
    return 1
  }
  const ours = new Set(
    tokens.flatMap((token) =>
      token.kind === 'option' && ['rehearse', 'without-server'].includes(token.name) ? [token.index] : [],
    ),
  )
  const args = process.argv.slice(2).filter((_, index) => !ours.has(index))
  const builder = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js')
  const config = join(projectRoot, 'scripts', 'package', 'config.ts')
  const { code } = await runChild(node, [builder, '--config', config, '--publish', 'never', ...args], options)
  return code
})
