import { shownSize } from '../../shared/domain/adjusted-view.ts'
import {
  formatAdjustment,
  noAdjustment,
  parseAdjustment,
  type Adjustment,
} from '../../shared/domain/adjustments.ts'
import { wholeOf, type Shape } from './whole.ts'

/** How a photo is shown other than its file has it. */
export const adjustmentOf = ({ adjusted }: Pick<Shape, 'adjusted'>): Adjustment =>
  (adjusted && parseAdjustment(adjusted.by)) || noAdjustment

/** What a photo looks like once it is adjusted so, in the place of what was adjusted before. */
export const adjustedShape = (photo: Shape, adjustment: Adjustment): Shape => {
  const { width, height } = wholeOf(photo)
  const by = formatAdjustment(adjustment)
  return by === '' || width * height === 0
    ? { width, height, adjusted: null }
    : { ...shownSize({ width, height }, adjustment), adjusted: { by, width, height } }
}
