import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { applyChanges } from '../../src/core/changes/apply-changes.ts'
import { setCopies } from '../../src/core/gallery/copies.ts'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { newOperationId } from '../../src/shared/domain/random-ids.ts'
import type { Change } from '../../src/shared/schemas/change.ts'
import { Dealer, environmentOf, startStore } from '../chaos/set-ups.ts'
import { median, ratio, report, sized } from './common.ts'
import { addPhotos, idOf, timed } from './photos.ts'

const alone = sized(300, 30)
const sessions = 8
const each = sized(500, 30)

const rate = (session: Session, album: string, turn: number) => {
  const values = [{ photo: idOf(turn % 1000), to: String((turn % 5) + 1) }]
  const changes: Change[] = [{ kind: 'edit', album, field: 'rating', values }]
  return applyChanges(session, { act: newOperationId(), changes, mode: 'free' })
}

/** The bare least that such a change takes: three writes and as many copies. */
const bare = async ({ redis, keys }: Session, album: string, turn: number, copies: number) => {
  const asked = redis.multi()
  asked.hset(keys.photo(album, idOf(turn % 1000)), 'rating', String((turn % 5) + 1))
  asked.xadd(keys.albumEvents(album), 'MAXLEN', '~', '1000', '*', 'what', 'edited', 'photos', idOf(turn))
  asked.xadd(keys.acts('admin'), 'MAXLEN', '~', '5000', '*', 'event', 'x'.repeat(40))
  await Promise.all([asked.exec(), copies > 0 ? redis.call('WAIT', copies, 1000) : null])
}

/** Changes one after the other: what one user waits. */
const oneByOne = async (work: (turn: number) => Promise<unknown>) => {
  const times: number[] = []
  for (let turn = 0; turn < alone; turn++) times.push(await timed(() => work(turn)))
  return median(times)
}

/** Changes of several users at once, four of each under way: how many a second one primary takes. */
const allAtOnce = async (users: Session[], work: (session: Session, turn: number) => Promise<unknown>) => {
  const begin = performance.now()
  const user = async (session: Session, first: number) => {
    for (let turn = first; turn < each; turn += 4) await work(session, turn)
  }
  await Promise.all(users.flatMap((session) => [0, 1, 2, 3].map((first) => user(session, first))))
  return (users.length * each) / ((performance.now() - begin) / 1000)
}

const measure = async (gallery: Gallery, session: Session) => {
  const { id: album } = await createAlbum(session, { title: 'Bench' })
  await addPhotos(session, album, 0, 1000)
  const users = await Promise.all(Array.from({ length: sessions }, () => gallery.self()))
  let [quick, many] = [Number.NaN, Number.NaN]
  for (const copies of [0, 1, 2]) {
    for (const one of new Set([session, ...users])) await setCopies(one, copies)
    const wait = await oneByOne((turn) => rate(session, album, turn))
    const least = await oneByOne((turn) => bare(session, album, turn, copies))
    const perSecond = await allAtOnce(users, (user, turn) => rate(user, album, turn))
    if (copies === 0) [quick, many] = [wait, perSecond]
    report(
      `a rating, copies ${copies}`,
      `${wait.toFixed(2)} ms`,
      `${least.toFixed(2)} ms bare, ratio ${ratio(wait / least)}; ${ratio(wait / quick)} of copies 0`,
    )
    report(
      `ratings by ${sessions} users at once, copies ${copies}`,
      `${Math.round(perSecond).toLocaleString('en')}/s`,
      `ratio ${ratio(perSecond / many)} of copies 0`,
    )
  }
}

/** What it costs that other machines have a change before it counts as made: three servers and three Sentinels on this computer. */
export const benchCopies = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'cimaise-bench-'))
  const dealer = new Dealer(folder, false)
  const { url, nodes, sentinels } = await startStore('sentinel', dealer)
  try {
    const gallery = await openGallery({ env: environmentOf(url, join(folder, 'home')) })
    try {
      await measure(gallery, await gallery.self())
    } finally {
      await gallery.close()
    }
  } finally {
    for (const machine of [...sentinels, ...nodes]) await machine.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  }
}
