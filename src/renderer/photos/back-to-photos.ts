/** The focus goes from a field back to what shows photos: the viewer or the comparison where one lies over the grid. */
export const backToPhotos = (): void => {
  const large = document.querySelector<HTMLElement>('.viewer, .compare')
  ;(large ?? document.querySelector<HTMLElement>('[role=grid]'))?.focus()
}
