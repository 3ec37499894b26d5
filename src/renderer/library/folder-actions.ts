import { createContext } from 'svelte'
import type { Client } from '../api/client.ts'
import type { SessionState } from '../auth/session-state.svelte.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import type { LibraryState } from './library-state.svelte.ts'

interface Needs {
  client: Client
  dialogs: Dialogs
  libraryState: LibraryState
  notices: Notify
  sessionState: SessionState
}

/** How the user brings folders of this computer into the gallery. */
export class FolderActions {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Lets the user choose a folder: in the system's own dialog on the desktop, elsewhere in one of the window. */
  choose = async () => {
    const { client, dialogs, libraryState, notices, sessionState } = this.#needs
    dialogs.close()
    if (sessionState.session?.shell !== 'desktop') dialogs.ask({ kind: 'folder' })
    else await notices.attempt(async () => libraryState.addFolders(await client.desktop.chooseFolders()))
  }

  /** Asks where the photos of a folder are to be copied to. */
  copy = (source: string) => this.#needs.dialogs.ask({ kind: 'card', source })

  /** Adds folders that the user has named, such as dropped ones. */
  add = (folders: string[]) => {
    const { libraryState, notices } = this.#needs
    void notices.attempt(() => libraryState.addFolders(folders))
  }
}

export const [getFolderActions, setFolderActions] = createContext<FolderActions>()
