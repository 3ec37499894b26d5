/** All that a machine with nothing but Node and npm on it needs before Cimaise runs. Nothing to do takes no time. */
import { ensureBuilt, builtInPlace } from './build.mjs'
import { ensureChromium, findChromium } from './chromium.mjs'
import { projectRoot } from './console.mjs'
import { alone } from './lock.mjs'
import { checkMachineNode, findNode, programEnvironment } from './node.mjs'
import { ensurePackages, packagesInPlace } from './packages.mjs'
import { ensureRedis, findRedis } from './redis.mjs'

/**
 * @typedef {object} Needs
 * @property {boolean} redis A redis-server of this machine.
 * @property {boolean} chromium A browser for the tests.
 */

/** @param {Needs} needs */
const inPlace = ({ redis, chromium }) =>
  packagesInPlace() &&
  builtInPlace() &&
  (!redis || findRedis().program !== null) &&
  (!chromium || findChromium() !== null)

/**
 * Sees to it that everything is there; throws a SetUpError where it cannot be had.
 *
 * @param {Partial<Needs>} needs
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} The Node to run Cimaise with, and its environment.
 */
export const setUp = async ({ redis = !process.env.CIMAISE_REDIS_URL, chromium = false } = {}) => {
  checkMachineNode()
  if (!inPlace({ redis, chromium }))
    await alone(async () => {
      await ensurePackages()
      if (redis) await ensureRedis()
      if (chromium) await ensureChromium()
      await ensureBuilt(findNode())
    })
  const node = findNode()
  const env = programEnvironment(node, [], projectRoot)
  return { node, env: chromium ? { ...env, CHROMIUM_PATH: findChromium() ?? '' } : env }
}
