import { basename, join } from 'node:path'
import type { Session } from '../../../src/core/gallery/session.ts'
import { allPhotos } from '../library.ts'
import { change } from '../organise.ts'
import { drawPhoto } from '../pictures/photos.ts'

/** Gives all photos that have no title yet one that says whose they are. */
export const nameAll = async (session: Session, name: string) => {
  for (const { album, id, path, title } of await allPhotos(session))
    if (title === basename(path))
      await change(session, [
        { kind: 'edit', album, field: 'title', values: [{ photo: id, to: `${name} ${basename(path)}` }] },
      ])
}

/** The titles of the photos that are not missing, by their files' names. */
export const titles = async (session: Session) =>
  Object.fromEntries(
    (await allPhotos(session))
      .filter(({ missing }) => !missing)
      .map(({ path, title }) => [basename(path), title]),
  )

/** Draws the three photos of a card; those of another `hue` have other contents under the same names. */
export const drawCard = async (folder: string, hue: number) => {
  for (const [at, name] of ['1.jpg', '2.jpg', '3.jpg'].entries())
    await drawPhoto(join(folder, name), { hue: hue + at * 20 })
}

/** The titles of a card whose photos were named by nameAll. */
export const ofCard = (name: string) => ({
  '1.jpg': `${name} 1.jpg`,
  '2.jpg': `${name} 2.jpg`,
  '3.jpg': `${name} 3.jpg`,
})

/** The titles of a card whose photos nobody has named. */
export const untitledCard = { '1.jpg': '1.jpg', '2.jpg': '2.jpg', '3.jpg': '3.jpg' }
