import { z } from 'zod'
import { Album } from '../schemas/album.ts'
import { AlbumId } from '../schemas/ids.ts'
import { base } from './base.ts'

/** The albums that the caller may read, by title. */
const list = base.output(z.array(Album))

/** Finds an album by its id or its title (without regard to case). NOT_FOUND where the caller may not read it. */
const find = base.input(z.object({ album: z.string() })).output(Album)

/** Lets guests see an album, or no longer. Administrators. */
const publish = base.input(z.object({ album: AlbumId, public: z.boolean() })).output(z.void())

export const albums = { list, find, publish }
