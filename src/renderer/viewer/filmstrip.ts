/** Never more pictures than these are in a strip, however wide it is. */
const mostCells = 29

/**
 * The stretch of a row that is seen around an index.
 * @param room So many photos have room side by side.
 */
export const stretchAround = (
  index: number,
  total: number,
  room: number,
): { first: number; count: number } => {
  const aside = Math.min(Math.ceil(room / 2), (mostCells - 1) / 2)
  if (index < 0 || total === 0 || room <= 0) return { first: 0, count: 0 }
  const first = Math.max(0, index - aside)
  return { first, count: Math.min(total - 1, index + aside) - first + 1 }
}
