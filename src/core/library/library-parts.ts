import type { Home } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import { createOriginals } from '../photos/originals.ts'
import type { Connection } from '../redis/connection.ts'
import { Decisions } from './recognition/decisions.ts'
import type { Decoder } from './decode/pool.ts'
import { FileIndex } from './index/file-index.ts'
import { ImportQueue } from './queue/import-queue.ts'
import { LostThumbs } from './lost-thumbnails.ts'
import { MissingPhotos } from './recognition/missing-photos.ts'
import { Presence } from './recognition/presence.ts'
import { Progress } from './queue/progress.ts'
import { innermost } from './roots/registered-roots.ts'
import { WatchedRoots } from './roots/watched-roots.ts'
import { SidecarWriter } from './sidecars-out/sidecar-writer.ts'
import { TakeIn } from './take-in.ts'

interface Joined {
  session: Session
  home: Home
  watch: boolean
  decoder: Decoder
  steward: Connection | null
  /** Roots are followed here from now on. */
  taken: () => void
}

/** The parts of a library, each of which knows those that it needs. */
export const joinParts = ({ session, home, watch, decoder, steward, taken }: Joined) => {
  const progress = new Progress()
  const fileIndex = new FileIndex()
  const rootOf = (path: string) => innermost(home.roots(session.keys.gallery), path)
  const decisions = new Decisions(session, fileIndex)
  const exchanged = (path: string) => roots.scanAgain(path)
  const presence = new Presence({ session, fileIndex, decisions, rootOf, exchanged })
  const vacated = (path: string) => void roots.look(path)
  const takeIn = new TakeIn({ session, decoder, fileIndex, decisions, presence, rootOf, vacated })
  const importQueue = new ImportQueue({
    takeIn,
    lostThumbs: new LostThumbs({ session, decoder, fileIndex }),
    progress,
    // One more than there are decoders, so that none waits for the next file to be handed over.
    together: decoder.workers + 1,
    elsewhere: (changed) => roots.elsewhere(changed),
  })
  const parts = { session, home, watch, takeIn, presence, importQueue, progress, steward, taken }
  const roots: WatchedRoots = new WatchedRoots(parts)
  const sidecars = new SidecarWriter({
    session,
    decoder,
    known: takeIn.known,
    rootOf: (path) => (roots.isMine(path) ? rootOf(path) : null),
    isHere: (path, photo) => presence.isHere(path, photo),
    tell: progress.problem.bind(progress),
  })
  const missing = new MissingPhotos({ session, decoder, takeIn, presence })
  const originals = createOriginals({ host: session, home, fileIndex })
  return { progress, takeIn, importQueue, roots, sidecars, missing, originals }
}
