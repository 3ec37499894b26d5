import { z } from 'zod'
import { ActivityEntry } from '../schemas/event.ts'
import { AlbumId } from '../schemas/ids.ts'
import { base } from './base.ts'

/** What happened last in an album, or in all that the caller may read, the newest first. */
const list = base
  .input(z.object({ album: AlbumId.nullable(), limit: z.number().int().min(1).max(500) }))
  .output(z.array(ActivityEntry))

export const activity = { list }
