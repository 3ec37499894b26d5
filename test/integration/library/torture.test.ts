import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { FileIndex } from '../../../src/core/library/index/file-index.ts'
import { allPhotos, reopen, startLibrary } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { onDisk, randomFrom } from '../../support/torture/torture-disk.ts'
import { markOf, Model } from '../../support/torture/torture-model.ts'
import { RandomFiles } from '../../support/torture/torture.ts'

/** How many things happen to the files in all, and at most before the gallery is looked at. */
const steps = Number(process.env['TORTURE_STEPS'] ?? 100)
const seed = Number(process.env['TORTURE_SEED'] ?? 1)
const maxStepsAtOnce = 10
/** While the gallery runs, things happen at once or so far apart, in milliseconds. */
const maxPauseMs = 2000
/** What follows the folders and has nothing more to do is killed after this time, in milliseconds. */
const maxServingMs = 5000
const ways = ['running', 'stopped', 'stopped', 'killed', 'killed while serving', 'rescan'] as const

test(
  `whatever happens to ${steps} files, nothing that was entered is lost or on another picture (TORTURE_SEED=${seed})`,
  { timeout: 600_000 + steps * 2000 },
  async () => {
    const random = randomFrom(seed)
    const parent = temporaryFolder()
    const roots = [join(parent, 'one'), join(parent, 'two')]
    const picture = await sharp({ create: { width: 16, height: 12, channels: 3, background: '#456' } })
      .jpeg()
      .toBuffer()
    const files = new RandomFiles(roots, temporaryFolder(), picture, random)
    for (const root of roots) mkdirSync(root)
    files.fill(40)
    const started = await startLibrary({ watch: true })
    const { session, env } = started
    let { library } = started
    const model = new Model()
    let serial = 0
    let done = 0

    const markNew = async () => {
      const photos = await allPhotos(session)
      for (const photo of photos) {
        if (photo.missing || markOf(photo) !== '') continue
        const { album, id } = photo
        const mark = `m${serial++}`
        await change(session, [
          { kind: 'edit', album, field: 'title', values: [{ photo: id, to: mark }] },
          { kind: 'edit', album, field: 'rating', values: [{ photo: id, to: '3' }] },
          { kind: 'tag', album, photos: [id], add: [mark], remove: [] },
        ])
        model.marks.set(mark, { album, content: '' })
      }
    }
    const look = async () => {
      const fileIndex = new FileIndex()
      await fileIndex.load(session)
      for (const { photo, digest } of fileIndex.entries.values())
        model.held.set(photo, Buffer.from(digest, 'base64url').toString('hex').slice(0, 12))
      return model.check(await allPhotos(session), onDisk(roots))
    }
    const remember = async () => {
      await markNew()
      model.remember(await allPhotos(session), onDisk(roots))
    }
    /** Another process takes the folders in, and is killed amid its work: after so many things that it wrote, or at its end. */
    const killed = async (child: ChildProcess, acts: number, maxMs = Infinity) => {
      const ended = once(child, 'exit')
      const { redis, keys, account } = session
      const key = keys.acts(account)
      const [[last] = ['0']] = await redis.xrevrange(key, '+', '-', 'COUNT', 1)
      const until = Date.now() + maxMs
      const isAtWork = () => child.exitCode === null && Date.now() < until
      while (isAtWork() && (await redis.xrange(key, `(${last}`, '+', 'COUNT', acts + 1)).length <= acts)
        await setTimeout(2)
      child.kill('SIGKILL')
      if (child.exitCode === null) await ended
    }
    const start = (...args: string[]) =>
      spawn(process.execPath, args, {
        env: { ...env, CIMAISE_PORT: '0' },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    const startServing = async () => {
      const child = start('out/main/server.js')
      for await (const line of createInterface({ input: child.stdout }))
        if (line.startsWith('Cimaise is ready')) break
      return child
    }
    /** `pause`: the gallery runs, and may see what happens at any moment; `alive`: it is not killed before it has seen all of it. */
    const happen = async ({ pause, alive }: { pause: boolean; alive: boolean }) => {
      files.log.length = 0
      files.madeFrom.clear()
      for (let n = 1 + random.below(maxStepsAtOnce); n > 0; n--, done++) {
        const before = files.log.length
        files.step()
        for (const words of files.log.slice(before).map((line) => line.split(' '))) {
          model.follow(words)
          if (alive && words[0] === 'take-away') model.tookAway(words[1] ?? '')
        }
        if (pause) model.passOn(onDisk(roots), files.madeFrom, true)
        if (pause && random.next() < 0.3) await setTimeout(random.below(maxPauseMs))
      }
      model.passOn(onDisk(roots), files.madeFrom, false)
      model.expectEdits(onDisk(roots), files.log)
    }

    await library.add(roots)
    await library.settled()
    await remember()
    while (done < steps) {
      const way = random.pick(ways)
      const acts = random.below(8)
      // Where one root alone is imported, the other is where files may have gone.
      const imported = random.pick([roots, roots, roots.slice(0, 1), roots.slice(1)]) ?? roots
      if (way === 'running' || way === 'rescan') await happen({ pause: true, alive: true })
      else {
        await library.close()
        const serving = way === 'killed while serving' ? await startServing() : null
        await happen({ pause: serving !== null, alive: false })
        if (serving) await killed(serving, acts, maxServingMs)
        if (way === 'killed')
          await killed(
            start('out/main/cli.js', 'import', ...imported.filter((root) => existsSync(root))),
            acts,
          )
        library = await reopen(started, { watch: true })
      }
      if (way === 'rescan') await library.rescan()
      await library.settled()
      const told = `${way}, after ${done} steps, seed ${seed}:\n${files.log.join('\n')}`
      await expect.poll(look, { timeout: 40_000, interval: 200, message: told }).toEqual([])
      await remember()
    }
  },
)
