import { eventIterator } from '@orpc/contract'
import { GalleryEvent } from '../schemas/event.ts'
import { streaming } from './base.ts'

/**
 * What changes in the albums that the caller may read, from now on, and for the user of this host where the library
 * stands. Begins with `resync`. One stream for everything, as a browser has six connections to a server.
 */
const follow = streaming.output(eventIterator(GalleryEvent))

export const events = { follow }
