import { z } from 'zod'

/** A town as it is told: its own name, and its country as ISO 3166-1 alpha-2, which the page says in its language. */
export const TownName = z.object({ name: z.string(), country: z.string() })

/** The town that a photo was taken near, and how many kilometres away its middle is. */
export const NearTown = TownName.extend({ km: z.number().int() })

/** How many photos were taken near a town. */
export const TownCount = TownName.extend({ photos: z.number().int() })

/** A town of the world, and where it is, in degrees. */
export const FoundTown = TownName.extend({ latitude: z.number(), longitude: z.number() })

export type TownName = z.infer<typeof TownName>
export type NearTown = z.infer<typeof NearTown>
export type TownCount = z.infer<typeof TownCount>
export type FoundTown = z.infer<typeof FoundTown>
