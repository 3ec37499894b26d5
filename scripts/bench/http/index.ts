import autocannon from 'autocannon'
import { createAccount } from '../../../src/core/access/accounts.ts'
import { setRights } from '../../../src/core/access/grants.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { subjectOf } from '../../../src/shared/domain/subjects.ts'
import { isInstalled, median, ratio, report, sized, withGallery } from '../common.ts'
import { startBare, startCimaise, startNginx, stop } from './servers.ts'
import { addThumbs, type Thumb } from './thumbs.ts'

/** A gallery that fits the memory kept for thumbnails, and one that does not. */
const counts = sized([2000, 10_000], [200])
const rounds = sized(3, 1)
const seconds = sized(5, 1)
/** As many as a few windows have. */
const connections = 32

interface Target {
  name: string
  origin: string
  cookie: string
}

interface Figures {
  perSecond: number
  p99: number
}

const logIn = async (origin: string, account: string, key: string) => {
  const response = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, key }),
  })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

const measure = async ({ name, origin, cookie }: Target, thumbs: Thumb[]): Promise<Figures> => {
  const requests = thumbs.map(({ path }) => ({ path }))
  const headers = cookie ? { cookie } : {}
  const {
    requests: made,
    latency,
    non2xx,
    errors,
  } = await autocannon({
    ...{ url: origin, connections, duration: seconds, requests, headers },
  })
  if (non2xx > 0) throw new Error(`${name}: ${non2xx} refused`)
  // A machine that is busy with other things lets some wait too long.
  if (errors > 0) report(`  ${name}`, `${errors} failed`)
  return { perSecond: made.average, p99: latency.p99 }
}

const makeAccount = async (owner: Session, album: string) => {
  const key = newKey()
  await createAccount(owner, { name: 'ana', role: 'member', canCreateAlbums: false, key })
  await setRights(owner, [
    { subject: subjectOf('account', 'ana'), album, right: 'read' },
    { subject: 'guest', album, right: 'read' },
  ])
  return key
}

/** In turns, so that what else the machine does falls on all alike. */
const inTurns = async (targets: Target[], thumbs: Thumb[]) => {
  const found = new Map<string, Figures[]>(targets.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const target of targets) found.get(target.name)?.push(await measure(target, thumbs))
  const middle = (name: string, of: (figures: Figures) => number) => median((found.get(name) ?? []).map(of))
  const [nginx, bare] = ['nginx', 'bare server'].map((name) => middle(name, ({ perSecond }) => perSecond))
  for (const { name } of targets) {
    const perSecond = middle(name, (figures) => figures.perSecond)
    const against = (other = Number.NaN) => ratio(perSecond / other)
    report(
      `  ${name}`,
      `${Math.round(perSecond).toLocaleString('en')}/s`,
      `p99 ${middle(name, ({ p99 }) => p99)} ms; ${against(nginx)} of nginx (aim 0.3), ${against(bare)} of bare (aim 0.9)`,
    )
  }
}

const measureGallery = (count: number) =>
  withGallery(async ({ gallery, env, folder }) => {
    const owner = await gallery.self()
    const { album, thumbs } = await addThumbs(owner, 'Shown', count)
    const key = await makeAccount(owner, album)
    const size = thumbs.reduce((sum, { bytes }) => sum + bytes.length, 0) / count
    report(
      `${count} thumbnails of ${Math.round(size).toLocaleString('en')} B, ${connections} connections`,
      '',
    )
    const [cimaise, bare, nginx] = [
      await startCimaise(env),
      await startBare(gallery.redisUrl(), owner.keys.thumb('')),
      await startNginx(folder, thumbs),
    ]
    try {
      const { origin } = cimaise
      await inTurns(
        [
          { name: 'nginx', origin: nginx.origin, cookie: '' },
          { name: 'bare server', origin: bare.origin, cookie: '' },
          { name: 'account', origin, cookie: await logIn(origin, 'ana', key) },
          { name: 'guest of a public album', origin, cookie: '' },
        ],
        thumbs,
      )
    } finally {
      for (const server of [cimaise, bare, nginx]) await stop(server)
    }
  })

/** Thumbnails a second over HTTP, against nginx with the same bytes on disk and against the least that a Node server can do. */
export const benchHttp = async (): Promise<void> => {
  if (!isInstalled('nginx', '-v')) throw new Error('nginx is not installed')
  for (const count of counts) await measureGallery(count)
}
