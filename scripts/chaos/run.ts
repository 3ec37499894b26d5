import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { createAccount } from '../../src/core/access/accounts.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { setCopies } from '../../src/core/gallery/copies.ts'
import { deriveKey } from '../../src/core/gallery/credentials.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { findLosses } from './check.ts'
import { Client } from './client.ts'
import { faults } from './faults.ts'
import { Ledger } from './ledger.ts'
import type { Machine } from './machine.ts'
import { randomFrom, type Random } from '../../test/support/torture/torture-disk.ts'
import { closeNetwork, openNetwork } from './network.ts'
import { adminPassword, Dealer, environmentOf, startSetUp, type Kind, type SetUp } from './set-ups.ts'
import { RightsWatch } from './watch-rights.ts'
import {
  albumMaker,
  editor,
  keepWriting,
  mover,
  rightsGiver,
  tagger,
  trasher,
  type Photo,
} from './writers.ts'

export interface ChaosOptions {
  kind: Kind
  /** How many things happen to machines. */
  faults: number
  seed: number
  /** How many replicas must have a change before it counts as made; absent: one. */
  copies?: number | undefined
  /** Each machine has a network and a disk of its own (network.ts). */
  apart: boolean
  /** The folder with the built program. */
  root: string
  say?: (line: string) => void
}

export interface ChaosResult {
  acknowledged: number
  done: number
  unknown: number
  refused: string[]
  losses: string[]
  breaches: { node: string; lateMs: number }[]
  /** The longest time without an acknowledged change for each fault, in milliseconds. */
  outages: { fault: string; ms: number }[]
}

const photoCount = 40
/** How long a fault lasts, in milliseconds, and how long it is waited afterwards for the next. */
const faultMs = { least: 2000, most: 7000, rest: 2500 }

const importPhotos = async (root: string, folder: string, env: NodeJS.ProcessEnv) => {
  mkdirSync(folder)
  for (let n = 0; n < photoCount; n++)
    await sharp({ create: { width: 64, height: 48, channels: 3, background: { r: n * 6, g: 90, b: 120 } } })
      .jpeg()
      .toFile(join(folder, `${n}.jpg`))
  execFileSync(process.execPath, [join(root, 'out/main/cli.js'), 'import', folder, '--json'], {
    env,
    stdio: 'pipe',
  })
}

interface Stage {
  photos: Photo[]
  second: string
  shown: string
  key: string
}

/** What the writers work on: an album of photos, a second one, and one that a member is shown now and then. */
const furnish = async (session: Session, galleryId: string): Promise<Stage> => {
  const key = await deriveKey(galleryId, 'mal', 'let me in')
  await createAccount(session, {
    name: 'mal',
    displayName: 'Mal',
    role: 'member',
    canCreateAlbums: false,
    key,
  })
  const [second, shown] = [
    await createAlbum(session, { title: 'Second' }),
    await createAlbum(session, { title: 'Shown' }),
  ]
  const { redis, keys } = session
  for (const album of await redis.smembers(keys.albums)) {
    const ids = await redis.zrange(keys.albumPhotos(album), 0, '-1')
    if (ids.length > 0)
      return { photos: ids.map((id) => ({ album, id })), second: second.id, shown: shown.id, key }
  }
  throw new Error('no photo was taken in')
}

const startWriting = async (
  { servers }: SetUp,
  { photos, second, shown }: Stage,
  ledger: Ledger,
  tell: RightsWatch['tell'],
  signal: AbortSignal,
) => {
  const user = async (n: number) => {
    const client = new Client(servers, n % 2)
    await client.logIn('admin', adminPassword)
    return client
  }
  const part = (n: number) => photos.slice(n * 10, n * 10 + 10)
  const first = photos[0]?.album ?? ''
  const writers = [
    editor(await user(0), ledger, part(0)),
    tagger(await user(1), ledger, part(1)),
    mover(
      await user(0),
      ledger,
      part(2).map(({ id }) => id),
      [first, second],
    ),
    trasher(await user(1), ledger, part(3)),
    albumMaker(await user(0), ledger),
    rightsGiver(await user(1), ledger, shown, tell),
  ]
  return Promise.all(writers.map((writer) => keepWriting(writer, signal)))
}

const harm = async (machines: Machine[], ledger: Ledger, random: Random) => {
  const fault = random.pick(faults)
  const machine = fault && random.pick(machines.filter(fault.fits))
  if (!machine) return null
  const ms = Math.round(faultMs.least + random.next() * (faultMs.most - faultMs.least))
  ledger.beginFault()
  await fault.happen(machine, ms)
  await wait(faultMs.rest)
  return {
    fault: `${machine.what} ${fault.name} for ${(ms / 1000).toFixed(1)} s`,
    ms: Math.round(ledger.outage()),
  }
}

/** Starts a store and two servers, lets users work, has machines fail one after the other, and looks what was lost. */
export const runChaos = async (options: ChaosOptions): Promise<ChaosResult> => {
  const { kind, root, apart, seed, say = () => undefined } = options
  const folder = mkdtempSync(join(tmpdir(), 'cimaise-chaos-'))
  if (apart) openNetwork()
  const dealer = new Dealer(folder, apart)
  let setUp: SetUp | null = null
  try {
    setUp = await startSetUp(kind, dealer, root)
    return await work(setUp, folder, { ...options, seed, say })
  } finally {
    for (const machine of setUp ? [...setUp.servers, ...setUp.sentinels, ...setUp.nodes] : [])
      await machine.kill()
    dealer.close()
    if (apart) closeNetwork()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

const work = async (setUp: SetUp, folder: string, options: ChaosOptions): Promise<ChaosResult> => {
  const { root, seed, say = () => undefined } = options
  const env = environmentOf(setUp.url, join(folder, 'checker'))
  await importPhotos(root, join(folder, 'photos'), env)
  const gallery = await openGallery({ env })
  const session = await gallery.self()
  await setCopies(session, options.copies ?? 1)
  const stage = await furnish(session, gallery.id)
  await gallery.close()
  const ledger = new Ledger()
  const watch = new RightsWatch(setUp.nodes, stage.shown, stage.key)
  const stop = new AbortController()
  const writing = startWriting(setUp, stage, ledger, watch.tell, stop.signal)
  const machines = [...setUp.nodes, ...setUp.sentinels, ...setUp.servers]
  const [random, outages] = [randomFrom(seed), [] as ChaosResult['outages']]
  await wait(2000)
  while (outages.length < options.faults) {
    const happened = await Promise.race([harm(machines, ledger, random), writing.then(() => null)])
    if (!happened) continue
    outages.push(happened)
    const { acknowledged, unknown, refused } = ledger
    say(
      `${String(outages.length).padStart(4)}  ${happened.fault.padEnd(36)} without a change for ${(happened.ms / 1000).toFixed(1)} s; ` +
        `${acknowledged} acknowledged, ${unknown} unknown, ${refused.length} refused, ${watch.breaches.length} breaches`,
    )
  }
  await wait(5000)
  stop.abort()
  await writing
  await watch.close()
  const losses = await findLosses(env, ledger)
  const { acknowledged, done, unknown, refused } = ledger
  return { acknowledged, done, unknown, refused, losses, breaches: watch.breaches, outages }
}
