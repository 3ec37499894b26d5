import { z } from 'zod'
import { Collection } from '../schemas/collection.ts'
import { CollectionId, PhotoId } from '../schemas/ids.ts'
import { base } from './base.ts'

/** The collections that the caller may see, by title. */
const list = base.output(z.array(Collection))

/**
 * The collections that a photo was put into, and the smart albums that find it, of those that the caller may see; none where the caller
 * may not see the photo.
 */
const holding = base.input(z.object({ photo: PhotoId })).output(z.array(CollectionId))

export const collections = { list, holding }
