/** Whether this window may tell of news outside of it: the desktop app may, a browser once its user has allowed it. */
export const mayNotify = (): boolean =>
  window.desktop !== undefined || ('Notification' in window && Notification.permission === 'granted')

/** Asks the user where they have not said yet. Whether it is allowed. */
export const askToNotify = async (): Promise<boolean> => {
  if (mayNotify()) return true
  return 'Notification' in window && (await Notification.requestPermission()) === 'granted'
}
