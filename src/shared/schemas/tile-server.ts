import { z } from 'zod'
import { maxTileAttribution, maxTileUrl, readTileUrl } from '../domain/tile-server.ts'

/** A server of map pictures that an administrator has chosen. */
export const TileServer = z.object({
  url: z
    .string()
    .max(maxTileUrl)
    .refine((url) => 'origin' in readTileUrl(url), 'is no address of tiles'),
  attribution: z
    .string()
    .max(maxTileAttribution)
    .regex(/^\P{Cc}*$/u),
})
