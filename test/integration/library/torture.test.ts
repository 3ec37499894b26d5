import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { FileIndex } from '../../../src/core/library/file-index.ts'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'
import { allPhotos, reopen, startLibrary } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { onDisk, RandomFiles, randomFrom } from '../../support/torture.ts'

/** How many things happen to the files in all, and at most before the gallery is looked at. */
const steps = Number(process.env['TORTURE_STEPS'] ?? 250)
const seed = Number(process.env['TORTURE_SEED'] ?? 1)
const maxStepsAtOnce = 10

/** What is known of a mark that a photo was given: the album it was in, and what its file held last. */
interface Mark {
  album: string
  content: string
}

/** The gallery beside the disk. What was entered is one mark for each photo, as title, tag and rating. */
class Model {
  readonly marks = new Map<string, Mark>()
  /** What a file may hold whose photo has the mark. */
  readonly #allowed = new Map<string, Set<string>>()
  #before = new Map<string, string>()
  #markAt = new Map<string, string>()
  /** What missing photos held last, by what the file index says: they may have been edited before they went. */
  held = new Map<string, string>()

  allow(mark: string, content: string) {
    const contents = this.#allowed.get(mark) ?? new Set()
    this.#allowed.set(mark, contents.add(content))
  }

  /** Edits pass a photo's marks on; so does a path whose content is nowhere any more. */
  passOn(disk: Map<string, string>, madeFrom: Map<string, string>) {
    for (const [content, from] of madeFrom)
      for (const [mark, contents] of this.#allowed) if (contents.has(from)) this.allow(mark, content)
    const files = Map.groupBy(disk.values(), (content) => content)
    const marks = Map.groupBy([...this.marks.values()], ({ content }) => content)
    // Files that are alike cannot be told apart: any of their photos may be the one whose content is nowhere any more.
    const isShort = (content: string) => (files.get(content)?.length ?? 0) < (marks.get(content)?.length ?? 0)
    for (const [path, content] of disk) {
      const before = this.#before.get(path)
      const mark = this.#markAt.get(path)
      if (mark && before && before !== content && isShort(before)) this.allow(mark, content)
    }
  }

  /** What is wrong; empty where nothing is. */
  check(photos: PhotoDetails[], disk: Map<string, string>): string[] {
    const wrong: string[] = []
    const at = new Map<string, PhotoDetails>()
    const seen = new Map<string, PhotoDetails>()
    for (const photo of photos) {
      const { missing, path, id, album } = photo
      const mark = markOf(photo)
      if (mark === null) wrong.push(`${id} has lost a part of what was entered`)
      if (!missing && disk.has(path)) {
        if (this.held.get(id) !== disk.get(path)) wrong.push(`${path} was not read since it changed`)
        if (at.has(path)) wrong.push(`${path} is two photos`)
        at.set(path, photo)
      }
      if (!mark) continue
      if (seen.has(mark)) wrong.push(`${mark} is on two photos`)
      seen.set(mark, photo)
      if (this.marks.get(mark)?.album !== album) wrong.push(`${mark} has left its album`)
      const content = missing ? undefined : disk.get(path)
      if (content !== undefined && !this.#allowed.get(mark)?.has(content))
        wrong.push(`${mark} is on another picture: ${path}`)
    }
    for (const path of disk.keys()) if (!at.has(path)) wrong.push(`${path} is no photo`)
    for (const mark of this.marks.keys()) if (!seen.has(mark)) wrong.push(`${mark} is lost`)
    return [...wrong, ...this.#forsaken(seen, disk)]
  }

  /** Marks of missing photos although there are files enough that hold what theirs held. */
  #forsaken(seen: Map<string, PhotoDetails>, disk: Map<string, string>): string[] {
    const files = Map.groupBy(disk.values(), (content) => content)
    const marks = Map.groupBy(
      this.marks.keys(),
      (mark) => this.held.get(seen.get(mark)?.id ?? '') ?? this.marks.get(mark)?.content ?? '',
    )
    return [...this.marks].flatMap(([mark, known]) => {
      const content = this.held.get(seen.get(mark)?.id ?? '') ?? known.content
      const enough = (files.get(content)?.length ?? 0) >= (marks.get(content)?.length ?? 0)
      return enough && seen.get(mark)?.missing
        ? [
            `${mark} of ${seen.get(mark)?.path} is missing, and its content ${content} is there ${files.get(content)?.length} times`,
          ]
        : []
    })
  }

  /** Looks at what came of it, from which the next steps begin. */
  remember(photos: PhotoDetails[], disk: Map<string, string>) {
    this.#before = disk
    this.#markAt = new Map()
    for (const photo of photos) {
      const mark = markOf(photo)
      const content = photo.missing ? undefined : disk.get(photo.path)
      if (!mark || content === undefined) continue
      this.#markAt.set(photo.path, mark)
      this.marks.set(mark, { album: photo.album, content })
      this.allow(mark, content)
    }
  }
}

/** The mark of a photo; empty where it has none, null where a part of it is gone. */
const markOf = ({ title, tags, rating }: PhotoDetails): string | null => {
  const mark = tags[0] ?? ''
  if (mark === '') return rating > 0 ? null : ''
  return title === mark && rating === 3 ? mark : null
}

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
    const killed = async () => {
      const child = spawn(process.execPath, ['out/main/cli.js', 'import', ...roots], { env, stdio: 'ignore' })
      const ended = new Promise((resolve) => child.once('close', resolve))
      const timer = setTimeout(() => child.kill('SIGKILL'), 250 + random.below(500))
      await ended
      clearTimeout(timer)
    }

    await library.add(roots)
    await library.settled()
    await remember()
    for (let done = 0; done < steps;) {
      const way = random.pick(['running', 'stopped', 'stopped', 'killed', 'rescan'] as const)
      if (way === 'stopped' || way === 'killed') await library.close()
      files.log.length = 0
      files.madeFrom.clear()
      for (let n = 1 + random.below(maxStepsAtOnce); n > 0; n--, done++) files.step()
      model.passOn(onDisk(roots), files.madeFrom)
      if (way === 'killed') await killed()
      if (way === 'stopped' || way === 'killed') library = await reopen(started, { watch: true })
      if (way === 'rescan') await library.rescan()
      await library.settled()
      const told = `${way}, after ${done} steps, seed ${seed}:\n${files.log.join('\n')}`
      await expect.poll(look, { timeout: 20_000, interval: 200, message: told }).toEqual([])
      await remember()
    }
  },
)
