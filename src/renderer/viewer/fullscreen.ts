/** Takes the whole screen, or gives it back. A browser that refuses has said so itself. */
export const toggleFullScreen = () => {
  const asked = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen()
  asked.catch(() => undefined)
}
