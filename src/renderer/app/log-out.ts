import { forgetSeen } from '../offline/offline.ts'

/** Ends the session of a browser, whose page then shows what guests see. */
export const logOut = async () => {
  await forgetSeen()
  const answer = await fetch('logout', { method: 'POST' })
  // Whoever came by a provider of logins logs out there too.
  if (answer.status === 200) window.location.assign(((await answer.json()) as { next: string }).next)
  else window.location.reload()
}
