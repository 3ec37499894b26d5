import { z } from 'zod'
import { Change } from '../schemas/change.ts'
import { PhotoRef } from '../schemas/ids.ts'
import { TagCount } from '../schemas/photo.ts'
import { TagName } from '../schemas/photo.ts'
import { base } from './base.ts'

/** Every tag that photos of the caller's albums carry, by name; a tag's photos include those with a tag below it. */
const list = base.output(z.array(TagCount))

/** The tags of some photos: how many of them carry each one. */
const ofPhotos = base.input(z.object({ photos: z.array(PhotoRef).max(20_000) })).output(z.array(TagCount))

/**
 * The changes that rename a tag and those below it, or remove them (`to` null), in the albums that the caller may modify.
 * Where the new name is a tag already, the two become one.
 */
const plan = base.input(z.object({ tag: TagName, to: TagName.nullable() })).output(z.array(Change))

export const tags = { list, ofPhotos, plan }
