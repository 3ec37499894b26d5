/** So many photos can be told apart side by side. */
export const maxCompared = 8

interface Size {
  width: number
  height: number
}

/** In how many columns photos stand side by side so that, together, they are shown as large as they can be in the room. */
export const columnsFor = (photos: readonly Size[], room: Size): number => {
  const shownIn = (columns: number) => {
    const cell = { width: room.width / columns, height: room.height / Math.ceil(photos.length / columns) }
    const areaOf = ({ width, height }: Size) =>
      Math.min(cell.width / width, cell.height / height) ** 2 * width * height
    return photos.reduce((sum, photo) => sum + areaOf(photo), 0)
  }
  const choices = photos.map((_, i) => i + 1)
  return choices.reduce((best, columns) => (shownIn(columns) > shownIn(best) ? columns : best), 1)
}
