import type { Client } from '../api/client.ts'
import type { PhotoDrag } from '../ui/drag/photo-drag.svelte.ts'
import type { Dialogs } from '../ui/dialogs/dialogs.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import { CopiesDrag } from './copies-drag.svelte.ts'

interface Needs {
  client: Client
  notices: Notify
  dialogs: Dialogs
  photoDrag: PhotoDrag
}

/** Copies that take longer than this are shown as they are made, in milliseconds. */
const patienceMs = 600

/**
 * Follows the button that a drag began with. The page hears nothing while the system drags, but of the pointer as soon as that is over:
 * so photos that come back into the window meanwhile are known for what they are.
 */
const followPointer = (photoDrag: PhotoDrag) => {
  const over = new AbortController()
  const listening = { signal: over.signal, capture: true }
  const end = () => {
    over.abort()
    photoDrag.end()
  }
  addEventListener('pointermove', ({ buttons }) => buttons === 0 && end(), listening)
  addEventListener('pointerup', end, listening)
  addEventListener('pointerdown', end, listening)
  return {
    /** It is down still, as far as the page knows. */
    get holds() {
      return !over.signal.aborted
    },
  }
}

type Pointer = ReturnType<typeof followPointer>

/** The copies have to be there before the system can drag them: where that takes its time it is shown, and they are dragged from there. */
const dragCopies = async ({ dialogs, ...needs }: Needs, photos: string[], pointer: Pointer) => {
  const copies = new CopiesDrag(needs, photos)
  const ask = () => dialogs.now ?? dialogs.ask({ kind: 'copies', copies })
  const slow = setTimeout(ask, patienceMs)
  await copies.start()
  clearTimeout(slow)
  if (!copies.result?.copies) return
  if (!pointer.holds) {
    ask()
    return
  }
  const { now } = dialogs
  if (now?.kind === 'copies' && now.copies === copies) dialogs.close()
  await copies.drag()
}

/** Has the system drag photos to other programs: their originals, or smaller copies. */
export const dragOut = async (needs: Needs, photos: string[], sized: boolean): Promise<void> => {
  const pointer = followPointer(needs.photoDrag)
  if (sized) await dragCopies(needs, photos, pointer)
  else await needs.notices.attempt(() => needs.client.desktop.dragOut({ photos }))
}
