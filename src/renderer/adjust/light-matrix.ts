import type { Adjustment } from '../../shared/domain/adjustments.ts'
import { luminance } from '../../shared/domain/light.ts'

/**
 * What makes of the light of a picture that of an adjusted one, as the values of an SVG colour matrix, which browsers apply to linear
 * light; null where it stays as it is.
 */
export const lightMatrix = ({ exposure, blackAndWhite }: Pick<Adjustment, 'exposure' | 'blackAndWhite'>) => {
  if (exposure === 0 && !blackAndWhite) return null
  const gain = 2 ** exposure
  const rows = [0, 1, 2].map((row) =>
    luminance.map((part, column) => gain * (blackAndWhite ? part : row === column ? 1 : 0)),
  )
  return [...rows.map((row) => `${row.map((part) => part.toFixed(4)).join(' ')} 0 0`), '0 0 0 1 0'].join(' ')
}
