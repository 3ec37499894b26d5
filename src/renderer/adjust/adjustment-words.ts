import type { Adjustment } from '../../shared/domain/adjustments.ts'
import { locale, t } from '../i18n/index.ts'

const signed = (digits: number) =>
  new Intl.NumberFormat(locale, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
const tenths = signed(1)
const hundredths = signed(2)

/** `+2.5°`. */
export const degrees = (angle: number): string => `${tenths.format(angle)}°`

/** `−0.75 EV`: stops of light. */
export const stops = (exposure: number): string => `${hundredths.format(exposure)} ${t('stops')}`

const turns = { 0: null, 90: 'turnedRight', 180: 'turnedOver', 270: 'turnedLeft' } as const

/** What is adjusted, a line each. */
export const adjustmentWords = (adjustment: Adjustment): string[] => {
  const { rotation, angle, crop, exposure, blackAndWhite } = adjustment
  const turn = turns[rotation]
  return [
    turn && t(turn),
    angle === 0 ? null : t('straightened', { angle: degrees(angle) }),
    crop && t('cropped'),
    exposure === 0 ? null : stops(exposure),
    blackAndWhite ? t('blackAndWhite') : null,
  ].filter((words) => words !== null)
}
