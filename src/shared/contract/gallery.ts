import { z } from 'zod'
import { maxCopies } from '../domain/limits.ts'
import { Finding, Health, SessionInfo, StackSetting, StoreNode } from '../schemas/gallery.ts'
import { base } from './base.ts'

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

export const gallery = { session, health, nodes, check, stacks, setStacks, copies, setCopies }
