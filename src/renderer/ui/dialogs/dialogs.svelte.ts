import { createContext } from 'svelte'
import type { Share } from '../../../shared/schemas/access.ts'
import type { Album } from '../../../shared/schemas/album.ts'
import type { DownloadInput } from '../../../shared/schemas/download.ts'
import type { ExportInput } from '../../../shared/schemas/export.ts'
import type { CopiesDrag } from '../../export/copies-drag.svelte.ts'

/** A line or a text that the user is asked for. */
export interface TextQuestion {
  kind: 'text'
  title: string
  label: string
  value: string
  multiline?: boolean
  action: string
  hint?: string
  /** The value may be given as it stands: it is a suggestion. */
  suggested?: boolean
  give: (text: string) => unknown
}

/** Something that cannot be undone, told in plain words before it is done. */
export interface Confirmation {
  kind: 'confirm'
  title: string
  text: string
  action: string
  run: () => unknown
}

/** Which photos are to be downloaded as a file of what name, and the most that is given of them. */
interface DownloadQuestion {
  photos: DownloadInput['photos']
  count: number
  name: string
  given: 'original' | 'preview'
}

export type Question =
  | TextQuestion
  | Confirmation
  | { kind: 'move'; refs: string[]; onmoved: (album: Album) => void }
  | { kind: 'collect'; refs: string[] }
  | { kind: 'collection-rights'; collection: string }
  | { kind: 'tags'; refs: string[] }
  | { kind: 'date'; refs: string[] }
  | ({ kind: 'download' } & DownloadQuestion)
  | { kind: 'export'; photos: ExportInput['photos']; count: number }
  /** `copies`: those that a drag has begun to make. */
  | { kind: 'copies'; copies?: CopiesDrag }
  /** `source`: the folder that is copied, where it is known. */
  | { kind: 'card'; source?: string }
  | { kind: 'print'; photos: ExportInput['photos']; count: number; heading: string }
  | { kind: 'password'; name: string }
  | { kind: 'share'; album: string | null }
  | { kind: 'edit-share'; share: Share }
  | { kind: 'public-album'; album: string }
  | { kind: 'selections'; album: string }
  | { kind: 'account' }
  /** `refused`: why a login by the provider came to nothing (shared/messages, errors). */
  | { kind: 'login'; refused?: string }
  | {
      kind:
        | 'folder'
        | 'library'
        | 'token'
        | 'codes'
        | 'codes-off'
        | 'recovery'
        | 'passkey'
        | 'keys'
        | 'commands'
        | 'duplicates'
        | 'catalogue'
        | 'join'
        | 'notices'
        | 'calendar'
        | 'own-selection'
    }

/** The one dialog that is open over the window. */
export class Dialogs {
  #now = $state.raw<Question | null>(null)

  /** The field that the keyboard is to be in as soon as it is there. */
  #field = $state<string | null>(null)

  /** Puts the keyboard into a field that may not have been drawn yet. */
  focus(field: string) {
    this.#field = field
  }

  /** A field shows itself: it gets the keyboard if it was asked for. */
  offer = (field: HTMLInputElement | HTMLTextAreaElement) => {
    if (this.#field !== field.id) return
    this.#field = null
    field.select()
  }

  get now() {
    return this.#now
  }

  ask(question: Question) {
    this.#now = question
  }

  close = () => {
    this.#now = null
  }
}

export const [getDialogs, setDialogs] = createContext<Dialogs>()
