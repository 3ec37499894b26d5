/** Takes the whole screen, or gives it back. A browser that refuses has said so itself; phones that have none show no more than before. */
export const toggleFullScreen = () => {
  const asked = document.fullscreenElement
    ? document.exitFullscreen()
    : // Safari on phones does not have it.
      (document.documentElement.requestFullscreen as (() => Promise<void>) | undefined)?.call(
        document.documentElement,
      )
  asked?.catch(() => undefined)
}
