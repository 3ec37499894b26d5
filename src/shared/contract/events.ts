import { eventIterator } from '@orpc/contract'
import { GalleryEvent } from '../schemas.ts'
import { base } from './base.ts'

/** What changes in the albums that the caller may read, from now on. Begins with `resync`. */
const follow = base.output(eventIterator(GalleryEvent))

export const events = { follow }
