import { onTestFinished } from 'vitest'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { emptyRedis } from './redis-worker.ts'
import { temporaryFolder } from './temporary.ts'

export interface TestGallery {
  gallery: Gallery
  /** The environment in which other processes open the same gallery. */
  env: NodeJS.ProcessEnv
}

/** The environment of this process without what would lead tests to the developer's own gallery. */
export const cleanEnvironment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CIMAISE_')))
  return { ...env, ...more }
}

const startWith = async (env: NodeJS.ProcessEnv): Promise<TestGallery> => {
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  return { gallery, env }
}

/** The environment of a new gallery in the worker's Redis, with a data folder that is gone after the test. */
export const galleryEnvironment = async (more: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> =>
  cleanEnvironment({
    CIMAISE_HOME: temporaryFolder('cimaise-home-'),
    CIMAISE_REDIS_URL: more['CIMAISE_REDIS_URL'] ?? (await emptyRedis()),
    ...more,
  })

/** A gallery of its own for one test, in the worker's Redis. */
export const startGallery = async (more: NodeJS.ProcessEnv = {}): Promise<TestGallery> =>
  startWith(await galleryEnvironment(more))

/** The same on an embedded Redis of its own, for tests of what only that has: its supervisor, its files, its end. */
export const startEmbeddedGallery = (more: NodeJS.ProcessEnv = {}): Promise<TestGallery> =>
  startWith(cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-'), ...more }))
