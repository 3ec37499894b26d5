import { dirname, join, relative } from 'node:path'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'

/** What is known of a mark that a photo was given: the album it was in, and what its file held last. */
interface Mark {
  album: string
  content: string
}

/** A photo as it was when the gallery was looked at. */
interface Known {
  mark: string
  held: string
}

/** The gallery beside the disk. What was entered is one mark for each photo, as title, tag and rating. */
export class Model {
  readonly marks = new Map<string, Mark>()
  /** What a file may hold whose photo has the mark. */
  readonly #allowed = new Map<string, Set<string>>()
  /** What each path has held since the gallery was looked at, as far as it may have seen it, and the marks that may be there. */
  #history = new Map<string, Map<string, string[]>>()
  /** Paths at which there were files when the gallery was looked at. */
  #looked = new Set<string>()
  /** Photos that were not missing, by their paths, those of drives that are away too. */
  #photoAt = new Map<string, Known>()
  /** The same of those whose files are away with their drives. */
  #awayAt = new Map<string, Known>()
  /** The same of those whose files are there. */
  #thereAt = new Map<string, Known>()
  /** What was on drives that went, by where they lie: photos by their paths on the drive. */
  readonly #aboard = new Map<string, Map<string, Known>>()
  /** Drives that came back since, and where they are. */
  #back = new Map<string, string>()
  /** What each content was made from. */
  readonly #origins = new Map<string, string>()
  /** Paths whose files were edited and nothing else, and the marks that must be there. */
  #edited: { path: string; mark: string }[] = []
  /** What lay in two files at once while the gallery may have looked: each is a photo of its own, also once one of them goes. */
  readonly #beside = new Set<string>()
  /** Photos that went before anybody could mark them: files that hold what they held are theirs. */
  #unmarked = new Set<string>()
  /** What missing photos held last, by what the file index says: they may have been edited before they went. */
  held = new Map<string, string>()

  allow(mark: string, content: string) {
    const contents = this.#allowed.get(mark) ?? new Set()
    this.#allowed.set(mark, contents.add(content))
  }

  /**
   * Edits pass a photo's marks on; so does a path whose content is nowhere any more: while the gallery is stopped, nobody can tell
   * an edit from a picture that is saved under the name of one that was deleted. `seen`: the gallery may have seen the files as they
   * are now, and goes on from there.
   */
  passOn(disk: Map<string, string>, madeFrom: Map<string, string>, seen: boolean) {
    for (const [content, from] of madeFrom) this.#origins.set(content, from)
    for (const [content, from] of madeFrom)
      for (const [mark, contents] of this.#allowed) if (contents.has(from)) this.allow(mark, content)
    const files = Map.groupBy(disk.values(), (content) => content)
    const marks = Map.groupBy([...this.marks.values()], ({ content }) => content)
    // Files that are alike cannot be told apart: any of their photos may be the one whose content is nowhere any more.
    const isShort = (content: string) => (files.get(content)?.length ?? 0) < (marks.get(content)?.length ?? 0)
    for (const [path, content] of disk)
      for (const [before, may] of this.#history.get(path) ?? [])
        if (before !== content && isShort(before)) for (const mark of may) this.allow(mark, content)
    // What a drive that comes back held lies elsewhere by now: it was exchanged before the drive went, which nobody can tell from a copy.
    for (const [path, { mark, held }] of this.#awayAt)
      if (disk.has(path) && files.has(held) && isShort(held)) this.allow(mark, disk.get(path) ?? '')
    // What left a drive just before it went, for a place that cannot be seen either: on the drive, an edit elsewhere looks like that.
    for (const [at, to] of this.#back)
      for (const [path, { mark, held }] of this.#aboard.get(at) ?? [])
        if (!files.has(held)) this.allow(mark, disk.get(join(to, path)) ?? held)
    if (!seen) return
    for (const [content, alike] of files) if (alike.length > 1) this.#beside.add(content)
    for (const [path, content] of disk) {
      const may = [...this.#allowed].filter(([, contents]) => contents.has(content)).map(([mark]) => mark)
      this.#history.set(path, new Map(this.#history.get(path)).set(content, may))
    }
  }

  /** Follows a drive: `take-away` from a folder to where it lies, `bring-back` from there. */
  follow([what, from = '', to = '']: string[]) {
    if (what === 'bring-back') this.#back.set(from, to)
    if (what !== 'take-away') return
    const aboard = [...this.#thereAt].filter(([path]) => path.startsWith(`${from}/`))
    const [cameBack = ''] = [...this.#back].find(([, place]) => place === from) ?? []
    this.#aboard.set(
      to,
      new Map([
        ...(this.#aboard.get(cameBack) ?? []),
        ...aboard.map(([path, known]) => [relative(from, path), known] as const),
      ]),
    )
  }

  /**
   * A folder was taken away before the gallery's eyes: what is found there from then on is another one's, whatever its name is, and
   * has nothing from what was there.
   */
  tookAway(folder: string) {
    for (const path of this.#history.keys()) if (path.startsWith(`${folder}/`)) this.#history.delete(path)
  }

  /**
   * An edit must keep its photo where it is all that happened to a path, and no other file holds what it held. A drive that was
   * away is known again by a file that is as it was, as far as the file says nothing of when it was taken.
   */
  expectEdits(disk: Map<string, string>, log: string[]) {
    const contents = Map.groupBy(disk.values(), (content) => content)
    const held = Map.groupBy(this.#photoAt.values(), (photo) => photo.held)
    const happenedTo = (path: string) =>
      log
        .map((line) => line.split(' '))
        .filter(([, ...words]) => words.some((word) => path === word || path.startsWith(`${word}/`)))
        .map(([what]) => what ?? '')
    const isAsItWas = (path: string) =>
      this.#photoAt.get(path)?.held === disk.get(path) &&
      happenedTo(path).every((what) => what === 'bring-back')
    this.#edited = [...this.#photoAt].flatMap(([path, { mark, held: before }]) => {
      const content = disk.get(path)
      if (content === undefined || this.#origins.get(content) !== before) return []
      const isAlone =
        contents.get(content)?.length === 1 && !contents.has(before) && held.get(before)?.length === 1
      const happened = happenedTo(path)
      const wasAway = !this.#looked.has(path) || happened.includes('bring-back')
      const isKnown =
        !wasAway || [...disk.keys()].some((other) => dirname(other) === dirname(path) && isAsItWas(other))
      const isEdited = happened.every((what) =>
        ['edit', 'edit-beside', 'edit-away', 'bring-back'].includes(what),
      )
      return isAlone && isKnown && isEdited ? [{ path, mark }] : []
    })
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
    for (const { path, mark } of this.#edited) {
      const photo = seen.get(mark)
      if (photo?.path !== path || photo.missing) wrong.push(`${mark} has left ${path}, which was edited`)
    }
    return [...wrong, ...this.#forsaken(seen, disk)]
  }

  /** Marks of missing photos although there are files enough that hold what theirs held. */
  #forsaken(seen: Map<string, PhotoDetails>, disk: Map<string, string>): string[] {
    const files = Map.groupBy(disk.values(), (content) => content)
    const photos = Map.groupBy(
      [
        ...[...this.#unmarked].map((id) => this.held.get(id)),
        ...[...this.marks].map(([mark, { content }]) => this.held.get(seen.get(mark)?.id ?? '') ?? content),
      ],
      (content) => content,
    )
    return [...this.marks].flatMap(([mark, known]) => {
      const content = this.held.get(seen.get(mark)?.id ?? '') ?? known.content
      const enough = (files.get(content)?.length ?? 0) >= (photos.get(content)?.length ?? 0)
      return enough && !this.#beside.has(content) && seen.get(mark)?.missing
        ? [
            `${mark} of ${seen.get(mark)?.path} is missing, and its content ${content} is there ${files.get(content)?.length} times`,
          ]
        : []
    })
  }

  /** Looks at what came of it, from which the next steps begin. */
  remember(photos: PhotoDetails[], disk: Map<string, string>) {
    this.#looked = new Set(disk.keys())
    this.#history = new Map()
    this.#photoAt = new Map()
    this.#awayAt = new Map()
    this.#thereAt = new Map()
    this.#back = new Map()
    this.#edited = []
    this.#beside.clear()
    this.#unmarked = new Set(photos.filter((photo) => markOf(photo) === '').map(({ id }) => id))
    for (const photo of photos) {
      const mark = markOf(photo)
      const known = { mark: mark ?? '', held: this.held.get(photo.id) ?? '' }
      if (mark && !photo.missing) this.#photoAt.set(photo.path, known)
      if (mark && !photo.missing) (disk.has(photo.path) ? this.#thereAt : this.#awayAt).set(photo.path, known)
      // One that came and was away again before anybody looked: only the file index can tell what it held.
      if (mark && !this.#allowed.has(mark)) this.allow(mark, this.held.get(photo.id) ?? '')
      const content = photo.missing ? undefined : disk.get(photo.path)
      if (!mark || content === undefined) continue
      this.#history.set(photo.path, new Map([[content, [mark]]]))
      this.marks.set(mark, { album: photo.album, content })
      this.allow(mark, content)
    }
  }
}

/** The mark of a photo; empty where it has none, null where a part of it is gone. */
export const markOf = ({ title, tags, rating }: PhotoDetails): string | null => {
  const mark = tags[0] ?? ''
  if (mark === '') return rating > 0 ? null : ''
  return title === mark && rating === 3 ? mark : null
}
