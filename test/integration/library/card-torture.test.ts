import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Session } from '../../../src/core/gallery/session.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { randomFrom } from '../../support/torture/torture-disk.ts'

/** How often cards are exchanged and the gallery is looked at. */
const looks = Math.ceil(Number(process.env['TORTURE_STEPS'] ?? 100) / 10)
const seed = Number(process.env['TORTURE_SEED'] ?? 1)
const cards = 5
const names = ['1.jpg', '2.jpg', '3.jpg']
/** Moments in the midst of the gallery's work, and longer ones, in which it comes to rest, in milliseconds. */
const pauses = { short: 60, long: 1600 }

/** Photos that are not missing and have the title of another card than the one that is in its place. */
const strayed = async (session: Session, card: number) =>
  (await allPhotos(session))
    .filter(({ missing, title }) => !missing && /^card \d$/.test(title) && title !== `card ${card}`)
    .map(({ path, title }) => `${title} is at ${path}, while card ${card} is there`)

/** Photos that nobody has named yet say from then on which card they are on. */
const nameNew = async (session: Session, card: number) => {
  for (const { album, id, missing, title } of await allPhotos(session))
    if (!missing && names.includes(title))
      await change(session, [
        { kind: 'edit', album, field: 'title', values: [{ photo: id, to: `card ${card}` }] },
      ])
}

for (const [what, below] of [
  ['a watched folder', ''],
  ['a folder in a watched one', 'drive'],
] as const)
  test(
    `however fast ${cards} cards take turns as ${what}, no title is on another card's picture (TORTURE_SEED=${seed})`,
    { timeout: 60_000 + looks * 5000 },
    async () => {
      const random = randomFrom(seed)
      const parent = temporaryFolder()
      const root = join(parent, 'root')
      const place = join(root, below)
      const drawer = (card: number) => join(parent, String(card))
      let width = 40
      const draw = (card: string, name: string) =>
        drawPhoto(join(card, 'DCIM', name), { width: width++, height: 30 })
      for (const name of names) await draw(place, name)
      for (let card = 1; card < cards; card++) for (const name of names) await draw(drawer(card), name)
      const { library, session } = await startLibrary({ watch: true })
      await takeIn(library, root)
      await nameNew(session, 0)
      let current = 0
      const maybe = (chance: number, happens: () => Promise<void>) =>
        random.next() < chance ? happens() : Promise.resolve()
      const pause = () => setTimeout(random.below(pauses.short))
      const rest = () => setTimeout(random.below(random.next() < 0.2 ? pauses.long : pauses.short))
      const exchange = async () => {
        await maybe(0.5, () => draw(place, random.pick(names) ?? ''))
        await maybe(0.5, rest)
        const next = (current + 1 + random.below(cards - 1)) % cards
        renameSync(place, drawer(current))
        await maybe(0.2, pause)
        renameSync(drawer(next), place)
        current = next
        await maybe(0.5, pause)
        if (random.next() < 0.3) void library.rescan()
      }
      for (let look = 0; look < looks; look++) {
        for (let n = 1 + random.below(3); n > 0; n--) await exchange()
        await library.rescan()
        await library.settled()
        expect(await strayed(session, current)).toEqual([])
        await nameNew(session, current)
      }
    },
  )
