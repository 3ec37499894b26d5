import { forgetSeen } from '../offline/offline.ts'

/** Ends the session of a browser, whose page then shows what guests see. */
export const logOut = async () => {
  await forgetSeen()
  await fetch('logout', { method: 'POST' })
  window.location.reload()
}
