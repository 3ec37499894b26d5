import { SvelteMap } from 'svelte/reactivity'
import type { StartingFolder } from '../../shared/schemas/library.ts'
import type { Client } from '../api/client.ts'
import { messageOf } from '../api/client.ts'
import { t } from '../i18n/index.ts'

export interface PhotoCount {
  photos: number
  /** There are at least as many. */
  more: boolean
}

/** Counting waits for its turn at the disk: folders further down a list are not counted. */
const maxCountedFolders = 200

/** What a folder is called in its parent, on any system. */
export const folderName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path

/** The folders of the computer that runs Cimaise, as a dialog goes through them. */
export class FolderBrowser {
  readonly #client: Client
  /** What stands in the field: the folder that is shown, until something else is typed. */
  path = $state('')
  #parent = $state<string | null>(null)
  #folders = $state.raw<string[]>([])
  #starting = $state.raw<StartingFolder[]>([])
  #problem = $state<string | null>(null)
  readonly #counts = new SvelteMap<string, PhotoCount>()
  #looking = new AbortController()

  constructor(client: Client) {
    this.#client = client
  }

  get parent() {
    return this.#parent
  }

  get folders() {
    return this.#folders
  }

  /** Where users begin to look. */
  get starting() {
    return this.#starting
  }

  get problem() {
    return this.#problem
  }

  /** How many photos lie in a folder and below; undefined until they are counted. */
  countOf(folder: string) {
    return this.#counts.get(folder)
  }

  async begin() {
    void this.look()
    await this.attempt(async () => {
      this.#starting = await this.#client.library.startingFolders()
    })
  }

  /** Does something, and keeps in words why it did not work. */
  async attempt(work: () => Promise<void>) {
    try {
      this.#problem = null
      await work()
    } catch (error) {
      this.#problem = messageOf(error) ?? t('somethingWrong')
    }
  }

  /** Shows the folders in a folder, the home folder without one. What is typed meanwhile stays, and only the last answer counts. */
  look(wanted?: string) {
    this.#looking.abort()
    const { signal } = (this.#looking = new AbortController())
    const typed = this.path
    return this.attempt(async () => {
      const found = await this.#client.library.browse(wanted === undefined ? {} : { path: wanted })
      if (signal.aborted) return
      this.#parent = found.parent
      this.#folders = found.folders
      if (this.path === typed) this.path = found.path
      void this.#count(found.folders, signal)
    })
  }

  async #count(folders: string[], signal: AbortSignal) {
    for (const path of folders.slice(0, maxCountedFolders)) {
      if (signal.aborted) return
      if (this.#counts.has(path)) continue
      const count = await this.#client.library.countPhotos({ path }, { signal }).catch(() => null) // a hint only
      if (count) this.#counts.set(path, count)
    }
  }

  /** Nobody looks any more. */
  end() {
    this.#looking.abort()
  }
}
