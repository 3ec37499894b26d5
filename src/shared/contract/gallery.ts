import { z } from 'zod'
import { maxCopies } from '../domain/limits.ts'
import { Finding, Health, SessionInfo, StackSetting, StoreNode } from '../schemas/gallery.ts'
import { TileServer } from '../schemas/tile-server.ts'
import { Watermark, WatermarkSetting } from '../schemas/watermark.ts'
import { StatusReplacement, Statuses, StatusSetters } from '../schemas/status.ts'
import { base, refusing } from './base.ts'

/** Who is asking, and of which gallery. */
const session = base.output(SessionInfo)

/** Whether Redis and the gallery in it are well, and what a photo costs in memory. Administrators. */
const health = base.output(Health)

/** The servers that the gallery lies on, and how each stands. Administrators. */
const nodes = base.output(z.array(StoreNode))

/**
 * Walks the whole gallery and tells what does not hold together; `repair` rebuilds every index from the photos' records.
 * Administrators.
 */
const check = base.input(z.object({ repair: z.boolean() })).output(z.array(Finding))

/** What shows where several files are one photo. */
const stacks = base.output(StackSetting)

/** Says so, for files that are put together from then on. Administrators. */
const setStacks = base.input(z.object({ setting: StackSetting })).output(z.void())

/** How many other machines must have a change before it counts as made. */
const copies = base.output(z.number().int())

/** Says so, for everybody within ten seconds. Administrators. */
const setCopies = base.input(z.object({ copies: z.number().int().min(0).max(maxCopies) })).output(z.void())

/** The server that pictures of the map come from; null where nobody has chosen one. */
const tiles = base.output(TileServer.nullable())

/** Says so, for pages that are loaded from then on; null: none. Administrators. */
const setTiles = base.input(z.object({ tiles: TileServer.nullable() })).output(z.void())

/** The words on pictures of visitors for whom a watermark was chosen. */
const watermark = base.output(WatermarkSetting)

/** Says so; null: the usual ones. INVALID for letters that there is no font for here. Administrators. */
const setWatermark = refusing('INVALID')
  .input(z.object({ words: Watermark.nullable() }))
  .output(z.void())

/** The statuses that photos can have, in their order; none for those who have no account. */
const statuses = base.output(Statuses)

/**
 * Says which there are. Photos with one that goes get what `replaced` says; the others show none, and have theirs again where it comes
 * back. Answers how many photos were given another. Administrators.
 */
const setStatuses = refusing('INVALID')
  .input(z.object({ statuses: Statuses, replaced: z.array(StatusReplacement).max(20) }))
  .output(z.object({ changed: z.number().int() }))

/** From which right on an album members set statuses: `comment` lets those who may comment do so, and change nothing else. */
const statusSetters = base.output(StatusSetters)

/** Says so. Administrators. */
const setStatusSetters = base.input(z.object({ by: StatusSetters })).output(z.void())

export const gallery = {
  session,
  health,
  nodes,
  check,
  stacks,
  setStacks,
  statuses,
  setStatuses,
  statusSetters,
  setStatusSetters,
  copies,
  setCopies,
  tiles,
  setTiles,
  watermark,
  setWatermark,
}
