import { createShare, type NewShare } from '../../src/core/access/shares.ts'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import { newName } from '../../src/shared/domain/random-ids.ts'
import { noAnswers } from '../../src/shared/domain/visitor-answers.ts'

/** A link to an album, with a session of somebody who came by it. */
export const addLink = async (
  gallery: Gallery,
  owner: Session,
  album: string,
  more: Partial<NewShare> = {},
) => {
  const [name, key] = [`share~${newName()}`, newKey()]
  const expires = new Date(Date.now() + 3_600_000).toISOString()
  await createShare(owner, { name, key, album, label: '', hasPassword: false, expires, ...more })
  return { name, key, visitor: await gallery.login(name, key) }
}

/** What a link says that asks for so many photos. */
export const choosing = (selection: number) => ({ answers: { ...noAnswers, selection } })
