import { untrack } from 'svelte'
import { newName } from '../../shared/domain/random-ids.ts'
import type { CommandContext } from '../commands/command-context.ts'
import { t } from '../i18n/index.ts'
import { openChannel, placeFeatures, type Shown, type Told } from './picture-channel.ts'

type Needs = Pick<CommandContext, 'client' | 'commands' | 'notices' | 'viewState'>

/** The channel of this window: after a reload it finds the second one again. */
const idKey = 'cimaise:picture-channel'

/** Shows the photo at the cursor of this window in a second one, which has nothing else, and leafs as it is told there. */
class PictureWindow {
  readonly #needs: Needs
  readonly #channel: BroadcastChannel

  constructor(needs: Needs, id: string) {
    this.#needs = needs
    this.#channel = openChannel(id)
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'here') untrack(() => this.#tell())
      else this.#step(data.by)
    })
    // Who logs out loads the page anew: nothing of it stays in sight.
    window.addEventListener('pagehide', () => this.#send({ kind: 'shown', photo: null, around: [] }))
    // It goes with the page.
    $effect.root(() => {
      $effect(() => this.#tell())
    })
  }

  #tell() {
    const { pages, selection } = this.#needs.viewState.view
    const { cursor, photo } = selection
    if (cursor >= 0) untrack(() => pages.want('picture window', Math.max(0, cursor - 1), cursor + 1))
    const around = [cursor + 1, cursor - 1].flatMap((index) => pages.at(index) ?? [])
    this.#send({ kind: 'shown', photo: photo ?? null, around })
  }

  #send(shown: Shown) {
    this.#channel.postMessage(shown)
  }

  /** As the keys of this window do. */
  #step(by: 1 | -1) {
    const { commands, viewState } = this.#needs
    if (viewState.viewing) commands.run(by > 0 ? 'next-photo' : 'previous-photo')
    else if (viewState.comparing) commands.run(by > 0 ? 'compare-next' : 'compare-previous')
    else viewState.lead(by)
  }
}

let one: PictureWindow | undefined

/** Opens the window for the picture alone, on another display where the desktop has one, or brings it to the front. */
export const openPictureWindow = async (needs: Needs): Promise<void> => {
  const id = sessionStorage.getItem(idKey) ?? newName()
  sessionStorage.setItem(idKey, id)
  one ??= new PictureWindow(needs, id)
  if (window.desktop) {
    await needs.notices.attempt(() => needs.client.desktop.showPicture({ channel: id }))
    return
  }
  const url = `${window.location.pathname}?picture=${id}` // main.ts reads it
  if (!window.open(url, `cimaise-${id}`, placeFeatures())) needs.notices.complain(t('windowBlocked'))
}
