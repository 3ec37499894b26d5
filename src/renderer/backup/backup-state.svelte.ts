import { createContext } from 'svelte'
import type { BackupProgress, BackupStatus, ChosenBackup } from '../../shared/schemas/backup.ts'
import { momentHere } from '../i18n/format.ts'
import type { Client } from '../api/client.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notices } from '../ui/toasts/notices.svelte.ts'
import { counted, number, t } from '../i18n/index.ts'

/** What is going on: its name, and how far it is. */
export interface Going {
  what: string
  /** From 0 to 1; null where that is not known. */
  share: number | null
  /** `1,204 of 8,310`; empty where the steps mean nothing to the user. */
  count: string
  /** Breaks it off. */
  stop: (() => void) | null
}

interface Needs {
  client: Client
  dialogs: Dialogs
  notices: Notices
}

/** Backup and restore, as the settings show them. What is going on goes on while something else is shown. */
export class Backup {
  readonly #needs: Needs
  #status = $state.raw<BackupStatus | null>(null)
  #going = $state.raw<Going | null>(null)
  #said = $state('')

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get status() {
    return this.#status
  }
  get going() {
    return this.#going
  }
  /** How the last one ended, in words. */
  get said() {
    return this.#said
  }

  read = () =>
    this.#needs.notices.attempt(async () => (this.#status = await this.#needs.client.backup.status()))

  save = async () => {
    const breaking = new AbortController()
    const stop = () => breaking.abort()
    this.#begin(t('backingUp'), stop)
    let made = false
    await this.#needs.notices.attempt(async () => {
      const steps = await this.#needs.client.backup.save(undefined, { signal: breaking.signal })
      for await (const step of steps) {
        if (!step.made) this.#go(step)
        made ||= step.made !== undefined
      }
    })
    if (breaking.signal.aborted) {
      this.#said = t('backupStopped')
      this.#needs.notices.dismiss()
      // oxlint-disable-next-line typescript/no-unnecessary-condition -- the steps above set it
    } else if (made) this.#said = t('backupMade')
    this.#going = null
    await this.read()
  }

  /** Asks for a backup, then what the user really wants. */
  choose = async () => {
    this.#begin(t('checkingBackup'))
    const chosen = await this.#needs.notices.attempt(() => this.#needs.client.backup.choose())
    this.#going = null
    if (chosen) this.#ask(chosen)
  }

  #ask({ created, photos, albums, host }: ChosenBackup) {
    this.#needs.dialogs.ask({
      kind: 'confirm',
      title: t('restoreQuestion', { time: momentHere(created) }),
      text: t('restoreConsequences', {
        photos: counted('photos', photos),
        albums: counted('nAlbums', albums),
        host,
      }),
      action: t('restoreNow'),
      run: this.#restore,
    })
  }

  /** The window is loaded anew at the end, whatever that is. */
  readonly #restore = async () => {
    this.#begin(t('restoring'))
    await this.#needs.notices.attempt(async () => {
      for await (const step of await this.#needs.client.backup.restore()) this.#go(step)
    })
    this.#going = null
  }

  #begin(what: string, stop: Going['stop'] = null) {
    this.#said = ''
    this.#going = { what, share: null, count: '', stop }
  }

  /** Entries of a backup that is made can be counted; of one that is read, bytes. */
  #go({ done, total }: BackupProgress) {
    const going = this.#going
    if (!going) return
    const count = going.stop ? t('nOfN', { done: number(done), total: number(total) }) : ''
    this.#going = { ...going, share: total > 0 ? done / total : null, count }
  }
}

export const [getBackup, setBackup] = createContext<Backup>()
