/** To be attached to an image whose address stays the same: one that leaves the page before it has come is not fetched any further. */
export const cancelled = (image: HTMLImageElement) => () => {
  image.removeAttribute('srcset')
  image.removeAttribute('src')
}
