import { onTestFinished } from 'vitest'
import { openGallery, type Gallery } from '../../src/core/gallery/open-gallery.ts'
import { temporaryFolder } from './temporary.ts'

export interface TestGallery {
  gallery: Gallery
  /** The environment in which other processes open the same gallery. */
  env: NodeJS.ProcessEnv
}

/** The environment of this process without what would lead tests to somebody's own gallery. */
export const cleanEnvironment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CIMAISE_')))
  return { ...env, ...more }
}

/** A gallery of its own for one test, on an embedded Redis of its own, in a data folder that is gone afterwards. */
export const startGallery = async (more: NodeJS.ProcessEnv = {}): Promise<TestGallery> => {
  const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-'), ...more })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  return { gallery, env }
}
