import { z } from 'zod'
import { Album } from '../schemas/album.ts'
import { VisitorSwitches } from '../schemas/access.ts'
import { AlbumId } from '../schemas/ids.ts'
import { base, refusing } from './base.ts'

/** The albums that the caller may read, by title. */
const list = base.output(z.array(Album))

/** Finds an album by its id or its title (without regard to case). NOT_FOUND where the caller may not read it. */
const find = refusing('NOT_FOUND')
  .input(z.object({ album: z.string() }))
  .output(Album)

/** Lets guests see an album, or no longer; `shows`: what they are shown of it from now on. Administrators. */
const publish = refusing('NOT_FOUND')
  .input(z.object({ album: AlbumId, public: z.boolean(), shows: VisitorSwitches.optional() }))
  .output(z.void())

export const albums = { list, find, publish }
