import { z } from 'zod'
import { AlbumId, PhotoId, ShareName } from './ids.ts'

/** `at`: ISO 8601, of the last of what it tells. */
const of = { album: AlbumId, at: z.string() }

/** Something that happened, in an album that the caller may read. `count`: how many. */
export const Notice = z.discriminatedUnion('kind', [
  /** Photos came by others. */
  z.object({ kind: z.literal('photos'), ...of, count: z.number().int() }),
  /** The caller's own library took photos in: `album` where all of them came into one. */
  z.object({ kind: z.literal('imports'), ...of, album: AlbumId.nullable(), count: z.number().int() }),
  /** Visitors of a link sent files. */
  z.object({ kind: z.literal('uploads'), ...of, share: ShareName, count: z.number().int() }),
  /** Others commented, `name` the last of them; `photo`: where all of it was said of one, null else. */
  z.object({
    kind: z.literal('comments'),
    ...of,
    photo: PhotoId.nullable(),
    name: z.string(),
    count: z.number().int(),
  }),
  /** A client is done with choosing so many photos. `name`: as they call themselves, or whom the link is for; empty where neither is said. */
  z.object({
    kind: z.literal('selection'),
    ...of,
    share: ShareName,
    name: z.string(),
    count: z.number().int(),
  }),
  /** A link of the caller ends soon: at `expires`, ISO 8601. */
  z.object({
    kind: z.literal('links'),
    ...of,
    share: ShareName,
    label: z.string(),
    expires: z.string(),
  }),
])

/** What happened of late, the last first. */
export const NoticeList = z.object({
  notices: z.array(Notice.and(z.object({ unread: z.boolean() }))),
  unread: z.number().int(),
  /** ISO 8601: when this was so. What is read is noted until then. */
  until: z.iso.datetime(),
})

export type Notice = z.infer<typeof Notice>
export type NoticeList = z.infer<typeof NoticeList>
