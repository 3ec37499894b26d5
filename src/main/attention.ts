import { app, Notification } from 'electron'
import type { OutsideState } from '../shared/schemas/outside.ts'
import { currentWindow, showWindow } from './window.ts'

/** Notifications that stand there: one that nothing refers to is collected, and a click on it is lost. */
const standing = new Set<Notification>()
const maxStanding = 20

/** Shows a notification of the system, unless the user has the window before them. A click on it shows the window. */
export const notify = (body: string): void => {
  if (currentWindow()?.isFocused() || !Notification.isSupported()) return
  const notification = new Notification({ title: 'Cimaise', body })
  const [oldest] = standing
  if (oldest && standing.size >= maxStanding) standing.delete(oldest)
  standing.add(notification)
  notification.on('close', () => standing.delete(notification))
  notification.on('click', () => {
    standing.delete(notification)
    showWindow()
  })
  notification.show()
}

/** Shows at the program's icon how far an import is, and how many comments were not read, where the system can. */
export const showOutside = ({ progress, unread }: OutsideState): void => {
  currentWindow()?.setProgressBar(progress ?? -1)
  app.setBadgeCount(unread)
}
