/**
 * To be attached to an image whose address stays the same: one that leaves the page before it has come is not fetched any further. It gets
 * an empty picture for it: Chromium never frees an image that is left without any address while it is out of the document.
 */
export const cancelled = (image: HTMLImageElement) => () => {
  if (image.complete) return
  // What becomes of the empty picture says nothing of the photo.
  image.addEventListener('error', (event) => event.stopImmediatePropagation(), true)
  image.removeAttribute('srcset')
  image.src = 'data:,'
}
