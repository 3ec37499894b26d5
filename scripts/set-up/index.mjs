/** Everything between a fresh clone and a program that runs. Where all is there already, it takes no time. */
import { build } from './build.mjs'
import { installChromium } from './chromium.mjs'
import { alone, say, SetUpError } from './common.mjs'
import { installPackages } from './packages.mjs'
import { installRedis } from './redis.mjs'

/** Sets up for running: packages, Redis unless another one is named, and the build. */
export const setUp = () =>
  alone(() => {
    installPackages()
    if (!process.env.CIMAISE_REDIS_URL) installRedis()
    build()
  })

/** Sets up for the tests too. Returns the place of Chromium. */
export const setUpForTests = () =>
  alone(() => {
    installPackages()
    installRedis()
    const chromium = installChromium()
    build()
    return chromium
  })

/** Runs a script's main function: what set-up could not do is said in plain words, with exit code 1. */
export const main = async (work) => {
  try {
    process.exitCode = await work()
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
