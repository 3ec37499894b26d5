import { app, dialog } from 'electron'
import { setTimeout as wait } from 'node:timers/promises'
import { GalleryError } from '../shared/errors.ts'
import { closeDesktopSession, type DesktopSession } from './desktop-session.ts'
import { logFile } from './log.ts'
import { LeftAtStart } from './place/open-gallery.ts'
import { say, words } from './i18n.ts'

/** How long closing may take, in milliseconds. What is cut off then, the next start makes good. */
const closeTimeoutMs = 8000

/** Closes the session, or stops waiting for it. One that never opened has nothing to close. */
const closeInTime = async (opening: Promise<DesktopSession>) => {
  const closed = opening.then(closeDesktopSession, () => undefined)
  const late = wait(closeTimeoutMs, 'late' as const, { ref: false })
  if ((await Promise.race([closed, late])) === 'late') console.error('Closing took too long and was cut off.')
}

/** Closes the session after the last window, when nothing can ask for it any more, and only then lets the app end. */
export const closeOnQuit = (opening: Promise<DesktopSession>) => {
  app.once('will-quit', (event) => {
    event.preventDefault()
    void closeInTime(opening)
      .catch((error: unknown) => console.error(error))
      .finally(() => app.exit())
  })
}

/** Says why Cimaise cannot start, and ends with exit code 1 and nothing left open. Who left by themselves is told nothing. */
export const giveUp = (opening: Promise<DesktopSession>) => async (error: unknown) => {
  if (error instanceof LeftAtStart) {
    app.quit()
    return
  }
  const known = error instanceof GalleryError
  console.error(known ? error.message : error)
  const why = known ? say(error.text) : `${say({ id: 'internalError' })}\n${logFile()}`
  dialog.showErrorBox(words().cannotStart, why)
  await closeInTime(opening).catch((failure: unknown) => console.error(failure))
  app.exit(1)
}
