/** Ends the session of a browser, whose page then shows what guests see. */
export const logOut = async () => {
  await fetch('/logout', { method: 'POST' })
  window.location.reload()
}
