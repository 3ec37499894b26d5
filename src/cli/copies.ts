import { maxCopies } from '../shared/domain/limits.ts'
import { GalleryError } from '../shared/errors.ts'
import { withClient } from './client.ts'
import type { Output } from './output.ts'

const readNumber = (text: string) => {
  if (!/^\d$/.test(text) || Number(text) > maxCopies) throw new GalleryError('INVALID', 'badCopies')
  return Number(text)
}

/** `copies`: how many other machines must have a change before it counts as made; with a number, sets it. */
export const runCopies = (out: Output, number: string | undefined) =>
  withClient(async (client) => {
    if (number !== undefined) await client.gallery.setCopies({ copies: readNumber(number) })
    out.answer({ copies: await client.gallery.copies() }, ({ copies }) => [
      copies === 0
        ? 'A change counts as made once the primary has it.'
        : `A change counts as made once ${copies} of its replicas have it too.`,
    ])
  })
